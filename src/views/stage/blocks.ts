import { at } from '../../base/assert.ts';
import { memoizedWith } from '../../base/memo.ts';
import { type Coordinates, coordinates, type GlobalSizes } from '../../engine/case.ts';
import type { Arrangement, Cells } from './cells.ts';
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
export const blocksOf = memoizedWith(({ cells }: Arrangement, palette: Palette): Blocks => {
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

/** "h 4–7", "s 0–3": what a block holds, where it holds all of a range; null where it does not. */
export function blockText(
  block: Block,
  cells: Cells,
  sizes: GlobalSizes,
): { readonly heads: string; readonly tokens: string } | null {
  const heads = newRange('h');
  const tokens = newRange('s');
  const batches = newRange('b');
  if (block.hollow) return null;
  for (const first of block.rows) {
    for (let cell = first; cell < first + block.width; cell++) {
      const element = coordinates(sizes, at(cells.id, cell));
      for (const range of [heads, tokens, batches]) range.add(element);
    }
  }
  const [h, s, b] = [heads.text(), tokens.text(), batches.text()];
  if (h === null || s === null || b === null) return null;
  return { heads: h, tokens: sizes.batch > 1 ? `${b} ${s}` : s };
}

function newRange(name: keyof Coordinates) {
  const members = new Set<number>();
  return {
    add: (element: Coordinates) => members.add(element[name]),
    text() {
      const first = Math.min(...members);
      const last = Math.max(...members);
      if (last - first + 1 !== members.size) return null;
      return first === last ? `${name} ${first}` : `${name} ${first}–${last}`;
    },
  };
}
