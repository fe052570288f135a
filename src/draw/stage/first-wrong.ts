import { at } from '../../base/assert.ts';
import { elementId } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { departures } from '../../core/judge/checks/compare-with-truth.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { belongsAt } from './belongs.ts';

/** The first element that a call left in a wrong place: where it lies and where it belongs. */
export interface FirstWrong {
  readonly lies: HeldElement;
  /** Null where it belongs nowhere. */
  readonly belongs: HeldElement | null;
  readonly words: { readonly lies: string; readonly belongs: string };
}

/** At a tick at which ranks return from a call with wrong elements; null at any other. */
export function firstWrongAt(trace: Trace, tick: Tick): FirstWrong | null {
  const { kind, call } = at(momentsOf(trace), tick);
  if (kind !== 'returned') return null;
  const { recording } = trace;
  const first = departures(recording, call).find((one) => one.first !== null)?.first;
  if (first == null) return null;
  const sizes = sizesOf(recording.contract, at(recording.contract.calls, call));
  const { rank, place, found } = first;
  const home = belongsAt(recording, call, elementId(sizes, found), rank);
  return {
    lies: { rank, tensor: 0, place },
    belongs: home === null ? null : { rank: home.rank, tensor: 0, place: home.place },
    words: {
      lies: `✕ (b ${found.b}, s ${found.s}, h ${found.h}, d ${found.d}) lies here`,
      belongs: home === null ? '' : 'it belongs here',
    },
  };
}
