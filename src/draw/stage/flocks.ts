import { at } from '../../base/assert.ts';
import { memoizedInSteps } from '../../base/memo.ts';
import type { Steps } from '../../base/steps.ts';
import { type Block, blocksOf } from './blocks.ts';
import type { Journey } from './journey.ts';
import type { Palette } from './palette.ts';
import { type Rectangle, rectanglesOf } from './rectangles.ts';

/**
 * What of a block comes from one rank and lay there as it lies here: it flies as one, and what a
 * frame costs is counted in flocks, not in cells.
 */
export interface Flock extends Rectangle {
  readonly block: Block;
  /** The rank that it comes from; -1 for what is new. */
  readonly from: number;
  /** Whether its block ends with it to the right, and downwards. */
  readonly ends: { readonly right: boolean; readonly bottom: boolean };
}

/**
 * Of each rank the flocks whose cells it holds in the end; a palette of the same call tells blocks. In
 * steps of a rank at most.
 */
export const flocksOf = memoizedInSteps(function* (
  journey: Journey,
  palette: Palette,
): Steps<readonly (readonly Flock[])[]> {
  const flocks: Flock[][] = [];
  for (const rank of journey.after.keys()) {
    flocks.push(yield* findFlocks(journey, rank, palette));
    yield;
  }
  return flocks;
});

function* findFlocks(
  { before, after, ranks }: Journey,
  rank: number,
  palette: Palette,
): Steps<Flock[]> {
  const { arrangement } = at(after, rank).held;
  const { cells } = arrangement;
  const { fromRank, fromCell } = at(ranks, rank);
  const { list, ofCell } = yield* blocksOf(arrangement, palette);
  // How far each cell comes, in cells of the arrangement that it comes from.
  const across = new Float32Array(cells.count);
  const down = new Float32Array(cells.count);
  const sources = before.map(({ held }) => held.arrangement.cells);
  for (let cell = 0; cell < cells.count; cell++) {
    const was = sources[fromRank[cell] ?? -1];
    if (was === undefined) continue;
    const twin = fromCell[cell] ?? 0;
    across[cell] = (cells.x[cell] ?? 0) - (was.x[twin] ?? 0);
    down[cell] = (cells.y[cell] ?? 0) - (was.y[twin] ?? 0);
  }
  const near = (distances: Float32Array, one: number, other: number) =>
    Math.abs((distances[one] ?? 0) - (distances[other] ?? 0)) < NEARLY;
  const together = (one: number, other: number) =>
    ofCell[one] === ofCell[other] &&
    fromRank[one] === fromRank[other] &&
    near(across, one, other) &&
    near(down, one, other);
  const rectangles = yield* rectanglesOf(cells, together);
  return rectangles.map((rectangle) => {
    const { x, y, width, height, rows } = rectangle;
    const first = at(rows, 0);
    const block = at(list, at(ofCell, first));
    return {
      ...rectangle,
      block,
      from: at(fromRank, first),
      ends: {
        right: x + width > block.x + block.width - NEARLY,
        bottom: y + height > block.y + block.height - NEARLY,
      },
    };
  });
}

const NEARLY = 0.01;
