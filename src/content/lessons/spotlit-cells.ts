import { at } from '../../base/assert.ts';
import { coordinates } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { stateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import type { Highlight } from './lesson.ts';
import { shinesOn, shinesOnRank } from './spotlight.ts';

/** How many elements stand out in a moment. */
export function spotlitCells(trace: Trace, tick: Tick, highlight: Highlight): number {
  const { recording } = trace;
  const { calls } = recording.contract;
  return stateAt(trace, tick).reduce((count, { holding, latest }, rank) => {
    if (!shinesOnRank(highlight, rank)) return count;
    const sizes = sizesOf(recording.contract, at(calls, latest?.call ?? 0));
    const ids = holding.flatMap((ref) => Array.from(elementsOf(at(recording.ranks, rank), ref)));
    return (
      count + ids.filter((id) => id >= 0 && shinesOn(highlight, coordinates(sizes, id))).length
    );
  }, 0);
}
