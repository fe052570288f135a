import { at } from '../../base/assert.ts';
import { type Cursor, motionShare } from '../../store/playback.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Tick, Trace } from '../../trace/trace.ts';

/** The moment that a cursor shows: at rest at a tick, or some of the way to the next one. */
export interface Seen {
  readonly tick: Tick;
  /** 0 at rest. */
  readonly share: number;
}

/** Without motion a cursor between two ticks shows the nearer one. */
export function seenAt(trace: Trace, cursor: Cursor, motion: boolean): Seen {
  const seen = motion ? cursor : Math.round(cursor);
  const tick = Math.floor(seen);
  if (seen === tick) return { tick, share: 0 };
  const share = motionShare(at(momentsOf(trace), tick + 1), seen - tick);
  return share >= 1 ? { tick: tick + 1, share: 0 } : { tick, share };
}
