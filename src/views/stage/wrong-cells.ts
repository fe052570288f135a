import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { truthOf } from '../../engine/truth.ts';
import type { Picture } from '../../store/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
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
    const truth = truthOf(recording, latest.call)[rank];
    const { cells, depths, tensors } = arrangement;
    const ids = at(tensors, 0).ids;
    if (truth == null || truth.ids.length !== ids.length) return null;
    const wrong = new Set<number>();
    for (let cell = 0; cell < cells.count; cell++) {
      const place = at(cells.place, cell);
      if (place < 0) continue;
      const isWrong = at(depths, 0).some(
        (behind) => ids[place + behind] !== truth.ids[place + behind],
      );
      if (isWrong) wrong.add(cell);
    }
    return wrong;
  });
}
