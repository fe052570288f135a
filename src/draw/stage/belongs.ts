import { truthOf } from '../../core/judge/truth.ts';
import type { Rank, Recording } from '../../core/recording/event.ts';
import { isAhead } from '../../core/recording/standstill.ts';

/** A place that an element should have once a call is over, row-major in what its rank returns. */
export interface RightPlace {
  readonly rank: Rank;
  readonly place: number;
  /** The shape that its rank should return. */
  readonly shape: readonly number[];
}

/**
 * Where an element belongs once a call is over: on `near` if there, else on the first rank that
 * should have it (repeated heads have several places); null where that is on none that returned, and
 * where ranks that stand have still to come to its end.
 */
export function belongsAt(
  recording: Recording,
  call: number,
  id: number,
  near: Rank,
): RightPlace | null {
  if (isAhead(recording, call)) return null;
  const truths = truthOf(recording, call);
  const others = truths.keys();
  for (const rank of [near, ...others]) {
    const truth = truths[rank];
    const place = truth?.ids.indexOf(id) ?? -1;
    if (truth != null && place >= 0) return { rank, place, shape: truth.shape };
  }
  return null;
}
