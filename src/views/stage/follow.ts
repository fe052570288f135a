import { at } from '../../base/assert.ts';
import type { Call } from '../../engine/case.ts';
import { elementsOf } from '../../engine/recorded-tensor.ts';
import { passOneCallOf } from '../../engine/truth.ts';
import type { Selection } from '../../store/state.ts';
import type { HeldElement } from '../../trace/origin.ts';
import { stateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';

/**
 * Where the element that a person follows is at a tick: on no rank, on one, or as twins on several.
 * An element has the same id in all calls that take one tensor there and back.
 */
export function followed(trace: Trace, selection: Selection, tick: Tick): readonly HeldElement[] {
  const { recording } = trace;
  const { calls } = recording.case;
  const picked = stateAt(trace, selection.tick)[selection.rank];
  const ref = picked?.holding[selection.tensor];
  if (ref === undefined || picked?.latest == null) return [];
  const id = elementsOf(at(recording.ranks, selection.rank), ref)[selection.place];
  const way = wayOf(calls, picked.latest.call);
  return stateAt(trace, tick).flatMap(({ holding, latest }, rank) => {
    if (latest === null || wayOf(calls, latest.call) !== way) return [];
    return holding.flatMap((held, tensor) => {
      const found: HeldElement[] = [];
      elementsOf(at(recording.ranks, rank), held).forEach((other, place) => {
        if (other === id) found.push({ rank, tensor, place });
      });
      return found;
    });
  });
}

/** The call that first moves the tensor of a call: its own, or the pass 1 that it takes back. */
function wayOf(calls: readonly Call[], call: number): number {
  return at(calls, call).pass === 1 ? call : (passOneCallOf(calls, call) ?? call);
}
