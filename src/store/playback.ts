import { at } from '../base/assert.ts';
import { range, sum } from '../base/numbers.ts';
import type { Alignment } from '../trace/beside/align.ts';
import { cursorOfB } from '../trace/beside/shared-cursor.ts';
import type { Pace } from '../trace/event-kind.ts';
import { kindOf } from '../trace/event-kinds.ts';
import { type Moment, momentsOf } from '../trace/moment.ts';
import type { Tick, Trace } from '../trace/trace.ts';

/**
 * Playback time. The cursor is a tick with a fraction: 4 is the state once everything of tick 4 has
 * happened, 4.5 is half of the way to tick 5. It may move either way, and the picture is a function
 * of it alone.
 */
export type Cursor = number;

/** Which way time runs, or that it rests. */
export type Direction = -1 | 0 | 1;

/** A collective takes its time, a local step is brief, a decision is long enough to be read. */
export function paceOf({ kind, events }: Moment): Pace {
  return kindOf({ kind }).pace(
    events.some(({ placed: { event } }) => kindOf(event).moves?.(event) ?? false),
  );
}

/** Milliseconds from a tick to the one before it, at speed 1. */
export function lengthOf(trace: Trace, tick: Tick): number {
  const { motion, rest } = paceOf(at(momentsOf(trace), tick));
  return motion + rest;
}

/** As long as the slower of two traces takes that are played side by side. */
export function lengthOfBoth(alignment: Alignment, tick: Tick): number {
  const from = cursorOfB(alignment, tick - 1);
  const passed = range(cursorOfB(alignment, tick) - from).map((one) => from + 1 + one);
  const beside = sum(passed.map((one) => lengthOf(alignment.b, one)));
  return Math.max(lengthOf(alignment.a, tick), beside);
}

/**
 * The cursor after `milliseconds` of playing, stopping at `target`; `length` says how long it takes
 * to a tick from the one before it.
 */
export function advance(
  length: (tick: Tick) => number,
  cursor: Cursor,
  milliseconds: number,
  target: Cursor,
): Cursor {
  let left = milliseconds;
  let now = cursor;
  while (left > 0 && now !== target) {
    const forwards = target > now;
    const next = forwards
      ? Math.min(target, Math.floor(now) + 1)
      : Math.max(target, Math.ceil(now) - 1);
    const whole = length(Math.ceil(Math.max(now, next))) * Math.abs(next - now);
    if (left < whole) return now + ((next - now) * left) / whole;
    left -= whole;
    now = next;
  }
  return now;
}

/** The share of a moment's motion that is done when the cursor is `fraction` of the way to it. */
export function motionShare(moment: Moment, fraction: number): number {
  const { motion, rest } = paceOf(moment);
  return Math.min(1, (fraction * (motion + rest)) / motion);
}
