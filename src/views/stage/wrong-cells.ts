import { at } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { wrongPlaces } from '../../trace/wrong-elements.ts';
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
    const places = wrongPlaces(trace.recording, latest.call)[rank];
    if (places == null) return null;
    const wrong = new Set<number>();
    if (places.length === 0) return wrong;
    const { cells } = card.held;
    const depth = product(latest.event.output.shape) / cells.count;
    const isWrong = new Set(places);
    for (let cell = 0; cell < cells.count; cell++) {
      const place = at(cells.place, cell);
      for (let d = 0; d < depth; d++) {
        if (isWrong.has(place + d)) wrong.add(cell);
      }
    }
    return wrong;
  });
}
