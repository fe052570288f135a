import { at } from '../../base/assert.ts';
import { memoizedInSteps } from '../../base/memo.ts';
import { range } from '../../base/numbers.ts';
import type { Steps } from '../../base/steps.ts';
import { batchDimOf, sizesOf } from '../../core/contract/contract.ts';
import type { TensorRef } from '../../core/recording/event.ts';
import { elementAt } from '../../core/recording/recorded-tensor.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import { type RankState, rankStateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { sizeOf } from './arrange.ts';
import { type Shows, shownBy, sizeBeside, stripFor } from './frame.ts';
import { memorySize } from './memory.ts';

/**
 * Tick by tick, the largest card of any rank, in cells. It is what a stage is laid out by, for a whole
 * trace: nothing is arranged for it, and of all the elements hardly one is read. In steps of a rank
 * each.
 */
export const extentsByTick = memoizedInSteps(function* (
  trace: Trace,
  picture: Picture,
): Steps<readonly Size[]> {
  const largest = range(trace.ticks).map(() => ({ width: 0, height: 0 }));
  for (const rank of trace.lanes.keys()) {
    for (const [tick, extent] of largest.entries()) {
      const { width, height } = cardSize(trace, rank, tick, picture);
      extent.width = Math.max(extent.width, width);
      extent.height = Math.max(extent.height, height);
    }
    yield;
  }
  return largest;
});

/** The size of the frame of a rank: see `frameAt`. */
function cardSize(trace: Trace, rank: number, tick: Tick, picture: Picture): Size {
  const state = rankStateAt(trace, rank, tick);
  const shows = shownBy(trace, rank, state, tick);
  return picture === 'heads'
    ? sizeInHeads(trace, rank, state, shows)
    : sizeInMemory(trace, rank, shows);
}

function sizeInHeads(
  { recording }: Trace,
  rank: number,
  { latest }: RankState,
  { held, sent, awaited }: Shows,
): Size {
  const c = recording.contract;
  const sizes = sizesOf(c, at(c.calls, latest?.call ?? 0));
  const own = at(recording.ranks, rank);
  const size = (refs: readonly TensorRef[]) =>
    sizeOf(
      refs.map((ref) => ({ shape: ref.shape, idAt: (place) => elementAt(own, ref, place) })),
      sizes,
      batchDimOf(c),
    );
  const landing = sent === null ? awaited : held;
  return sizeBeside(size(sent ?? held), landing && size(landing));
}

function sizeInMemory(trace: Trace, rank: number, { held, sent, copied, awaited }: Shows): Size {
  const own = at(trace.recording.ranks, rank);
  const all = [held, sent ?? copied, awaited].flatMap((refs) => {
    if (refs === null) return [];
    const { strip, lines, pieces } = stripFor(trace, rank, refs);
    return [memorySize(own, refs, strip, lines, pieces)];
  });
  return {
    width: Math.max(...all.map(({ width }) => width)),
    height: Math.max(...all.map(({ height }) => height)),
  };
}
