import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import type { Picture } from '../../store/view.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { wrongPlaces } from '../../trace/wrong-elements.ts';
import { type Frame, frameAt } from './frame.ts';

/**
 * For each rank that has just returned from a call: the cells that hold anything but what belongs
 * there. Null for a rank that is in the middle of a call, where no place is right or wrong yet, or
 * whose result has another number of elements than it should.
 */
export function wrongCells(
  trace: Trace,
  tick: Tick,
  picture: Picture,
): readonly (ReadonlySet<number> | null)[] {
  const frame = frameAt(trace, tick, picture);
  const known = wrongIn(trace);
  const wrong = known.get(frame) ?? findWrong(trace, frame);
  known.set(frame, wrong);
  return wrong;
}

const wrongIn = memoized((_: Trace) => new Map<Frame, readonly (ReadonlySet<number> | null)[]>());

function findWrong({ recording }: Trace, frame: Frame): readonly (ReadonlySet<number> | null)[] {
  return frame.map(({ state: { latest }, held: { arrangement } }, rank) => {
    if (latest?.event.kind !== 'returned') return null;
    const places = wrongPlaces(recording, latest.call)[rank];
    if (places == null) return null;
    const wrong = new Set<number>();
    if (places.length === 0) return wrong;
    const isWrong = new Set(places);
    const { cells, depths } = arrangement;
    for (let cell = 0; cell < cells.count; cell++) {
      const place = at(cells.place, cell);
      if (place >= 0 && at(depths, 0).some((behind) => isWrong.has(place + behind)))
        wrong.add(cell);
    }
    return wrong;
  });
}
