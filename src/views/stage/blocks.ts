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
  const keys = yield* keysOf(cells, palette);
  const rectangles = yield* rectanglesOf(cells, (one, other) => keys[one] === keys[other]);
  yield;
  const ofCell = new Int32Array(cells.count);
  const list = rectangles.map((rectangle, index) => {
    const { rows, width } = rectangle;
    for (const first of rows) ofCell.fill(index, first, first + width);
    const first = at(rows, 0);
    return { ...rectangle, id: at(id, first), hollow: at(place, first) < 0 };
  });
  return { list, ofCell };
});

/** Of every cell what its block is told by. Slots that no tensor looks into belong to none but their own. */
function* keysOf({ count, id, place }: Cells, palette: Palette): Steps<Int32Array> {
  const keys = new Int32Array(count);
  for (let cell = 0; cell < count; cell++) {
    keys[cell] = (place[cell] ?? -1) < 0 ? -1 : palette.blockOf(id[cell] ?? 0);
    if (cell % CELLS_PER_STEP === 0) yield;
  }
  return keys;
}
