import { at } from '../../base/assert.ts';
import { memoizedByAll } from '../../base/memo.ts';
import type { Arrangement } from './cells.ts';
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
export const blocksOf = memoizedByAll(({ cells }: Arrangement, palette: Palette): Blocks => {
  const { id, place } = cells;
  // Slots that no tensor looks into belong to no block but their own.
  const keys = id.map((first, cell) => ((place[cell] ?? -1) < 0 ? -1 : palette.blockOf(first)));
  const list = rectanglesOf(cells, (one, other) => keys[one] === keys[other]).map((rectangle) => {
    const first = at(rectangle.rows, 0);
    return { ...rectangle, id: at(id, first), hollow: at(place, first) < 0 };
  });
  const ofCell = new Int32Array(cells.count);
  list.forEach(({ rows, width }, index) => {
    for (const first of rows) ofCell.fill(index, first, first + width);
  });
  return { list, ofCell };
});
