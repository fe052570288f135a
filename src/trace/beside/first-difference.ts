import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { range, sameNumbers } from '../../base/numbers.ts';
import {
  endingOf,
  eventsByCall,
  type RankEvent,
  type Recording,
} from '../../core/recording/event.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { momentsOf } from '../moment.ts';
import type { Tick, Trace } from '../trace.ts';
import type { AlignedCall, AlignedStep, Alignment } from './align.ts';

/** The first step at which two runs differ in what comes of them, or, where nothing does, at all. */
export interface FirstDifference {
  readonly step: number;
  /** Whether any call returns something else, or ends otherwise. */
  readonly matters: boolean;
}

/**
 * Where two runs part. What only one side does and passes, an assertion that holds or a decision for
 * the even path, is told only where every call comes to the same. Null where they do the same.
 */
export const firstDifference = memoized((both: Alignment): FirstDifference | null => {
  const { steps, differing } = both;
  const parting = new Set(
    range(both.calls.length).filter((call) => partsIn(both, at(both.calls, call))),
  );
  const first = differing.find((step) => {
    const aligned = at(steps, step);
    return parting.has(aligned.call) && !passes(both, aligned);
  });
  if (first !== undefined) return { step: first, matters: true };
  const [any] = differing;
  return any === undefined ? null : { step: any, matters: false };
});

/** Whether a call ends otherwise on a rank, or returns another shape or other elements. */
function partsIn({ a, b }: Alignment, { callA, callB }: AlignedCall): boolean {
  if (callA === null || callB === null) return true;
  const ranks = Math.min(a.lanes.length, b.lanes.length);
  return range(ranks).some((rank) => {
    const [left, right] = [endOf(a.recording, callA, rank), endOf(b.recording, callB, rank)];
    if (left?.kind === 'raised' && right?.kind === 'raised') {
      return left.error !== right.error || left.message !== right.message;
    }
    if (left?.kind !== 'returned' || right?.kind !== 'returned') return left?.kind !== right?.kind;
    return (
      !sameNumbers(left.output.shape, right.output.shape) ||
      !sameElements(
        elementsOf(at(a.recording.ranks, rank), left.output),
        elementsOf(at(b.recording.ranks, rank), right.output),
      )
    );
  });
}

function endOf({ ranks }: Recording, call: number, rank: number) {
  const own = eventsByCall(at(ranks, rank))[call];
  return own === undefined ? null : endingOf(own);
}

function sameElements(left: Int32Array, right: Int32Array): boolean {
  return left.length === right.length && left.every((id, place) => id === right[place]);
}

/** Whether a step differs only in what a side does and passes, or in where elements lie in memory. */
function passes({ a, b }: Alignment, { tickA, tickB, differences }: AlignedStep): boolean {
  return differences.every(
    ({ kind }) =>
      kind === 'memory' ||
      (kind === 'operation' && eventsIn(a, tickA).every(holds) && eventsIn(b, tickB).every(holds)),
  );
}

function eventsIn(trace: Trace, tick: Tick | null): readonly RankEvent[] {
  if (tick === null) return [];
  return at(momentsOf(trace), tick).events.map(({ placed }) => placed.event);
}

function holds(event: RankEvent): boolean {
  if (event.kind === 'guarded') return event.held;
  return event.kind === 'decided' && event.branch === 'even';
}
