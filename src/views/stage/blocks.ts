import { at } from '../../base/assert.ts';
import { type Coordinates, coordinates, type GlobalSizes } from '../../engine/case.ts';
import type { Arrangement, Cells } from './cells.ts';
import type { Palette } from './palette.ts';

/**
 * What is seen from afar: rectangles of cells whose heads have one owner and whose chunk has one
 * home, head group × sequence chunk where all is well.
 */
export interface Blocks {
  readonly list: readonly Block[];
  /** Of every cell whether it is the last of its block to the right (1), downwards (2). */
  readonly edges: Uint8Array;
}

/** In cells, as the arrangement. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The id of its first element. */
  readonly id: number;
  /** Its cells, row by row: the first of each, and the one behind the last. */
  readonly rows: readonly { readonly first: number; readonly end: number }[];
}

export const RIGHT = 1;
export const BOTTOM = 2;

const known = new WeakMap<Arrangement, Blocks>();

/** The blocks of an arrangement; a palette of the same call says what belongs together. */
export function blocksOf(arrangement: Arrangement, palette: Palette): Blocks {
  const blocks = known.get(arrangement) ?? findBlocks(arrangement.cells, palette);
  known.set(arrangement, blocks);
  return blocks;
}

interface OpenBlock extends Block {
  height: number;
  readonly key: number;
  readonly rows: { first: number; end: number }[];
}

/** Joins neighbours in a row to runs, and runs that stand below one another to blocks. */
function findBlocks(cells: Cells, palette: Palette): Blocks {
  const list: OpenBlock[] = [];
  const edges = new Uint8Array(cells.count);
  let above: OpenBlock[] = [];
  let current: OpenBlock[] = [];
  let row = Number.NaN;
  let candidate = 0;
  for (let first = 0; first < cells.count; ) {
    const key = keyOf(cells, palette, first);
    const y = at(cells.y, first);
    let end = first + 1;
    while (
      end < cells.count &&
      cells.y[end] === y &&
      Math.abs((cells.x[end] ?? 0) - (cells.x[end - 1] ?? 0) - 1) < 0.01 &&
      keyOf(cells, palette, end) === key
    ) {
      end += 1;
    }
    if (y !== row) {
      above = Math.abs(y - row - 1) < 0.01 ? current : [];
      current = [];
      candidate = 0;
      row = y;
    }
    edges[end - 1] = RIGHT;
    const x = at(cells.x, first);
    while (candidate < above.length && at(above, candidate).x < x) candidate += 1;
    const over = above[candidate];
    if (over !== undefined && over.x === x && over.width === end - first && over.key === key) {
      over.height += 1;
      over.rows.push({ first, end });
      current.push(over);
    } else {
      const id = at(cells.id, first);
      const block = { x, y, width: end - first, height: 1, id, key, rows: [{ first, end }] };
      list.push(block);
      current.push(block);
    }
    first = end;
  }
  for (const { rows } of list) {
    const last = at(rows, rows.length - 1);
    for (let cell = last.first; cell < last.end; cell++) edges[cell] = (edges[cell] ?? 0) | BOTTOM;
  }
  return { list, edges };
}

/** Slots that no tensor looks into belong to no block but their own. */
function keyOf({ id, place }: Cells, palette: Palette, cell: number): number {
  return (place[cell] ?? -1) < 0 ? -1 : palette.blockOf(id[cell] ?? 0);
}

/** "h 4–7", "s 0–3": what a block holds, where it holds all of a range; null where it does not. */
export function blockText(
  block: Block,
  cells: Cells,
  sizes: GlobalSizes,
): { readonly heads: string; readonly tokens: string } | null {
  const heads = newRange('h');
  const tokens = newRange('s');
  const batches = newRange('b');
  for (const { first, end } of block.rows) {
    if (at(cells.place, first) < 0) return null;
    for (let cell = first; cell < end; cell++) {
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
