import { at } from '../../base/assert.ts';
import { memoizedInSteps } from '../../base/memo.ts';
import type { Steps } from '../../base/steps.ts';
import { type Arrangement, CELLS_PER_STEP, type Cells } from './cells.ts';
import type { Palette } from './palette.ts';
import { type Rectangle, rectanglesOf } from './rectangles.ts';

/**
 * What is seen from afar: rectangles of cells whose heads have one owner and whose chunk has one
 * home, head group × sequence chunk where all is well.
 */
export interface Blocks {
  readonly list: readonly Block[];
  /** Of every cell the index of its block. */
  readonly ofCell: Int32Array;
}

export interface Block extends Rectangle {
  /** The id of its first element. */
  readonly id: number;
  /** Whether no tensor looks into it. */
  readonly hollow: boolean;
}

/** The blocks of an arrangement; a palette of the same call says what belongs together. */
export const blocksOf = memoizedInSteps(function* (
  arrangement: Arrangement,
  palette: Palette,
): Steps<Blocks> {
  const cells = yield* arrangement.cellsInSteps();
  const { id, place } = cells;
  const ofCell = yield* keysOf(cells, palette);
  const rectangles = yield* rectanglesOf(cells, (one, other) => ofCell[one] === ofCell[other]);
  yield;
  // From here on the same numbers are those of blocks.
  const list = rectangles.map((rectangle, index) => {
    const { rows, width } = rectangle;
    for (const first of rows) ofCell.fill(index, first, first + width);
    const first = at(rows, 0);
    return { ...rectangle, id: at(id, first), hollow: at(place, first) < 0 };
  });
  return { list, ofCell };
});

/** Of every cell what its block is told by. Slots that no tensor looks into belong to none but their own. */
function* keysOf(cells: Cells, palette: Palette): Steps<Int32Array> {
  const keys = new Int32Array(cells.count);
  for (let first = 0; first < keys.length; first += CELLS_PER_STEP) {
    writeKeys(keys, cells, palette, first, Math.min(keys.length, first + CELLS_PER_STEP));
    yield;
  }
  return keys;
}

function writeKeys(
  keys: Int32Array,
  { id, place }: Cells,
  { blockOf }: Palette,
  first: number,
  end: number,
): void {
  for (let cell = first; cell < end; cell++) {
    keys[cell] = (place[cell] ?? -1) < 0 ? -1 : blockOf(id[cell] ?? 0);
  }
}
