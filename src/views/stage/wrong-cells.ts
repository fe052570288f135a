import { at } from '../../base/assert.ts';
import { elementsOf } from '../../engine/recorded-tensor.ts';
import { truthOf } from '../../engine/truth.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { frameAt } from './frame.ts';

/**
 * For each rank that has just returned from a call: the cells that hold anything but what belongs
 * there. Null for a rank that is in the middle of a call, where no place is right or wrong yet, or
 * whose result has another number of elements than it should.
 */
export function wrongCells(trace: Trace, tick: Tick): readonly (ReadonlySet<number> | null)[] {
  return frameAt(trace, tick).map((card, rank) => {
    const { latest } = card.state;
    if (latest?.event.kind !== 'returned') return null;
    const truth = truthsOf(trace, latest.call)[rank];
    const ids = elementsOf(at(trace.recording.ranks, rank), latest.event.output);
    if (truth == null || truth.ids.length !== ids.length) return null;
    const depth = card.held.cells.count > 0 ? ids.length / card.held.cells.count : 1;
    const wrong = new Set<number>();
    const { cells } = card.held;
    for (let cell = 0; cell < cells.count; cell++) {
      const place = at(cells.place, cell);
      for (let d = 0; d < depth; d++) {
        if (ids[place + d] !== truth.ids[place + d]) wrong.add(cell);
      }
    }
    return wrong;
  });
}

const truths = new WeakMap<Trace, Map<number, ReturnType<typeof truthOf>>>();

function truthsOf(trace: Trace, call: number): ReturnType<typeof truthOf> {
  const known = truths.get(trace) ?? new Map<number, ReturnType<typeof truthOf>>();
  truths.set(trace, known);
  const truth = known.get(call) ?? truthOf(trace.recording, call);
  known.set(call, truth);
  return truth;
}
