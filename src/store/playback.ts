import { at } from '../base/assert.ts';
import { type Moment, momentsOf } from '../trace/moment.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * Playback time. The cursor is a tick with a fraction: 4 is the state once everything of tick 4 has
 * happened, 4.5 is half of the way to tick 5. It may move either way, and the picture is a function
 * of it alone.
 */
export type Cursor = number;

/** Which way time runs, or that it rests. */
export type Direction = -1 | 0 | 1;

/** Milliseconds that reaching a moment takes at speed 1: its motion, and then a rest. */
interface Pace {
  readonly motion: number;
  readonly rest: number;
}

/** A collective takes its time, a local step is brief, a decision is long enough to be read. */
export function paceOf(moment: Moment): Pace {
  switch (moment.kind) {
    case 'received':
      return { motion: 900, rest: 350 };
    case 'local':
      return moved(moment) ? { motion: 320, rest: 80 } : { motion: 200, rest: 30 };
    case 'offered':
      return { motion: 300, rest: 150 };
    case 'decided':
    case 'guarded':
    case 'remembered':
    case 'attended':
      return { motion: 100, rest: 350 };
    case 'called':
      return { motion: 250, rest: 250 };
    case 'returned':
      return { motion: 150, rest: 450 };
    case 'raised':
    case 'mismatched':
    case 'abandoned':
    case 'astray':
    case 'lost':
      return { motion: 150, rest: 150 };
  }
}

function moved(moment: Moment): boolean {
  return moment.events.some(({ placed }) => placed.event.kind === 'local' && placed.event.moved);
}

/** The cursor after `milliseconds` of playing, stopping at `target`. */
export function advance(
  trace: Trace,
  cursor: Cursor,
  milliseconds: number,
  target: Cursor,
): Cursor {
  const moments = momentsOf(trace);
  let left = milliseconds;
  let now = cursor;
  while (left > 0 && now !== target) {
    const forwards = target > now;
    const next = forwards
      ? Math.min(target, Math.floor(now) + 1)
      : Math.max(target, Math.ceil(now) - 1);
    const { motion, rest } = paceOf(at(moments, Math.ceil(Math.max(now, next))));
    const length = (motion + rest) * Math.abs(next - now);
    if (left < length) return now + ((next - now) * left) / length;
    left -= length;
    now = next;
  }
  return now;
}

/** The share of a moment's motion that is done when the cursor is `fraction` of the way to it. */
export function motionShare(moment: Moment, fraction: number): number {
  const { motion, rest } = paceOf(moment);
  return Math.min(1, (fraction * (motion + rest)) / motion);
}
