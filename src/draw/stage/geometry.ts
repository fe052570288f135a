import { at } from '../../base/assert.ts';
import type { Tick } from '../../trace/trace.ts';
import { type Arrangement, cellOf, depthOf } from './cells.ts';
import type { Frame, Part, RankFrame } from './frame.ts';
import { type Box, originOf, type Pitch, type StageLayout } from './layout.ts';

/**
 * Where cells and elements are on the screen, and what is at a point of it. Coordinates are CSS
 * pixels of the stage, as it is zoomed.
 */
export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly pitch: Pitch;
}

/** What can be told apart: blocks from afar, cells, elements with their coordinates from near. */
export type Level = 'blocks' | 'cells' | 'elements';

/** From this distance between cells on, a cell can be told from its neighbour. */
const CELL_PITCH = 11;
/** From this distance on, which only those reach who come nearer, a cell is cut into its elements. */
const ELEMENT_PITCH = 88;
/** A cell is not cut into elements narrower than this. */
const LEAST_ELEMENT = 13;

/** What can be told apart where cells stand so far from one another, in CSS pixels. */
export function levelOf({ x, y }: Pitch): Level {
  const smaller = Math.min(x, y);
  if (smaller < CELL_PITCH) return 'blocks';
  return smaller < ELEMENT_PITCH ? 'cells' : 'elements';
}

/** Where the first cell of a part of a card stands. */
export function gridOf(
  layout: StageLayout,
  tick: Tick,
  rank: number,
  card: RankFrame,
  part: Part,
): Grid {
  const origin = originOf(layout, tick, rank, card);
  const pitch = at(layout.pitches, tick);
  return { x: origin.x + part.x * pitch.x, y: origin.y, pitch };
}

/** How the head dim is laid out within a cell, once it is seen from near; null before. */
export function splitOf(
  pitch: Pitch,
  depth: number,
): { readonly columns: number; readonly rows: number } | null {
  if (depth < 2 || levelOf(pitch) !== 'elements') return null;
  const columns = depth <= 4 ? depth : Math.ceil(Math.sqrt(depth));
  const rows = Math.ceil(depth / columns);
  const fits = pitch.x / columns >= LEAST_ELEMENT && pitch.y / rows >= LEAST_ELEMENT;
  return fits ? { columns, rows } : null;
}

/** The space between cells, in CSS pixels. */
export function gapOf(distance: number): number {
  return distance < 4 ? 0 : Math.min(3, distance * 0.12);
}

/** A cell, or, where it is cut, one of its elements. */
export function boxOf(
  grid: Grid,
  { cells, depths }: Arrangement,
  cell: number,
  depth: number | null,
): Box {
  const { pitch } = grid;
  const x = grid.x + at(cells.x, cell) * pitch.x;
  const y = grid.y + at(cells.y, cell) * pitch.y;
  const width = pitch.x - gapOf(pitch.x);
  const height = pitch.y - gapOf(pitch.y);
  const split = splitOf(pitch, depths[at(cells.tensor, cell)]?.length ?? 1);
  if (split === null || depth === null) return { x, y, width, height };
  return {
    x: x + ((depth % split.columns) * width) / split.columns,
    y: y + (Math.floor(depth / split.columns) * height) / split.rows,
    width: width / split.columns,
    height: height / split.rows,
  };
}

/** A spot on the stage: an element of what a rank holds, or a cell where it is not cut. */
export interface Spot {
  readonly rank: number;
  readonly cell: number;
  /** Which of the cell's elements; null where the cell is not cut. */
  readonly depth: number | null;
}

/** What is at a point; null where nothing is held. */
export function spotAt(
  layout: StageLayout,
  tick: Tick,
  frame: Frame,
  x: number,
  y: number,
): Spot | null {
  const rank = layout.cards.findIndex(
    (card) => x >= card.x && x < card.x + card.width && y >= card.y && y < card.y + card.height,
  );
  const card = frame[rank];
  if (card === undefined) return null;
  const grid = gridOf(layout, tick, rank, card, card.held);
  const { arrangement } = card.held;
  const { cells, depths } = arrangement;
  const column = (x - grid.x) / grid.pitch.x;
  const row = (y - grid.y) / grid.pitch.y;
  for (let cell = 0; cell < cells.count; cell++) {
    const across = column - at(cells.x, cell);
    const down = row - at(cells.y, cell);
    if (across < 0 || across >= 1 || down < 0 || down >= 1) continue;
    const depth = depths[at(cells.tensor, cell)]?.length ?? 1;
    const split = splitOf(grid.pitch, depth);
    if (split === null) return { rank, cell, depth: null };
    const inside =
      Math.floor(down * split.rows) * split.columns + Math.floor(across * split.columns);
    return { rank, cell, depth: Math.min(inside, depth - 1) };
  }
  return null;
}

/** The box of a held element; null where it is not drawn. */
export function boxOfElement(
  layout: StageLayout,
  tick: Tick,
  frame: Frame,
  element: { readonly rank: number; readonly tensor: number; readonly place: number },
): Box | null {
  const card = frame[element.rank];
  if (card === undefined) return null;
  const { arrangement } = card.held;
  const cell = cellOf(arrangement, element.tensor, element.place);
  if (cell < 0) return null;
  const grid = gridOf(layout, tick, element.rank, card, card.held);
  return boxOf(grid, arrangement, cell, depthOf(arrangement, cell, element.tensor, element.place));
}

/** The layout as it is seen zoomed by `k` and moved by (`x`, `y`). */
export function zoomed(
  layout: StageLayout,
  { k, x, y }: { k: number; x: number; y: number },
): StageLayout {
  if (k === 1 && x === 0 && y === 0) return layout;
  const seen = (box: Box): Box => ({
    x: box.x * k + x,
    y: box.y * k + y,
    width: box.width * k,
    height: box.height * k,
  });
  return {
    ...layout,
    cards: layout.cards.map(seen),
    insides: layout.insides.map(seen),
    pitches: layout.pitches.map((pitch) => ({ x: pitch.x * k, y: pitch.y * k })),
  };
}
