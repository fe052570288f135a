import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import type { Tile } from '../../picture/hatch.ts';
import type { Size } from '../../picture/size.ts';
import { type CellSurface, roundedInsets } from '../../picture/surface.ts';
import { type Block, blocksOf } from './blocks.ts';
import type { Arrangement } from './cells.ts';
import type { Flock } from './flocks.ts';
import { type Grid, gapOf, levelOf, splitOf } from './geometry.ts';
import type { Box, Pitch, StageLayout } from './layout.ts';
import type { Palette } from './palette.ts';

/** What cells are painted with, on what, and where. Layouts are in CSS pixels, surfaces in device's. */
export interface Brush {
  readonly surface: CellSurface;
  readonly pixelRatio: number;
  readonly layout: StageLayout;
  readonly palette: Palette;
  tileOf(look: number): Tile;
  /** A cell that is seen from afar and is not where it belongs. */
  readonly wrongTile: Tile;
  /** Places that wait, and slots that no tensor looks into. */
  readonly hollow: number;
}

/** A brush for cells of one size. */
export interface Pen {
  readonly brush: Brush;
  readonly pitch: Pitch;
  /** Seen from afar: one colour a head group, gaps between blocks alone. */
  readonly blocky: boolean;
  readonly gap: Gap;
  readonly insets: readonly number[];
}

/** What is left free to the right of cells and under them, in device pixels. */
interface Gap {
  readonly x: number;
  readonly y: number;
}

/** A pen for cells of that pitch, in CSS pixels; `blocky` where they are to touch. */
export function penFor(brush: Brush, pitch: Pitch, blocky = levelOf(pitch) === 'blocks'): Pen {
  const { pixelRatio } = brush;
  const hairline = (distance: number) => (distance < 1.5 ? 0 : 1);
  const gap = blocky
    ? { x: hairline(pitch.x), y: hairline(pitch.y) }
    : {
        x: Math.round(gapOf(pitch.x) * pixelRatio),
        y: Math.round(gapOf(pitch.y) * pixelRatio),
      };
  const radius = blocky ? 0 : Math.min(3.5, 0.18 * Math.min(pitch.x, pitch.y)) * pixelRatio;
  return { brush, pitch, blocky, gap, insets: roundedInsets(radius) };
}

/** The look of every cell, once a palette. */
const looksIn = memoized((palette: Palette) =>
  memoized(({ cells }: Arrangement) => cells.id.map((id) => palette.lookOf(id))),
);

/**
 * Paints the cells of an arrangement one by one, wherever they are now, as they are seen from near.
 * What it reads of a cell, it reads from plain arrays: this runs for every cell of every frame.
 */
export function cellPainter(
  { brush, pitch, gap, insets }: Pen,
  arrangement: Arrangement,
): (cell: number, cssX: number, cssY: number, opacity: number) => void {
  const { surface, pixelRatio, palette, hollow } = brush;
  const { cells, depths } = arrangement;
  const { place } = cells;
  const looks = looksIn(palette)(arrangement);
  const depth = depths[0]?.length ?? 1;
  const split = splitOf(pitch, depth);
  const width = pitch.x * pixelRatio;
  const height = pitch.y * pixelRatio;
  return (cell, cssX, cssY, opacity) => {
    const x = cssX * pixelRatio;
    const y = cssY * pixelRatio;
    const left = Math.round(x);
    const top = Math.round(y);
    const right = Math.max(left + 1, Math.round(x + width) - gap.x);
    const bottom = Math.max(top + 1, Math.round(y + height) - gap.y);
    if ((place[cell] ?? 0) < 0) {
      surface.outline(left, top, right, bottom, hollow, 1);
      return;
    }
    const tile = brush.tileOf(looks[cell] ?? 0);
    if (split === null) surface.fillRounded(left, top, right, bottom, tile, opacity, insets);
    else {
      const { columns, rows } = split;
      for (let d = 0; d < depth; d++) {
        const part = cellBox(
          left + ((d % columns) * (right - left)) / columns,
          top + (Math.floor(d / columns) * (bottom - top)) / rows,
          (right - left) / columns,
          (bottom - top) / rows,
          { x: 1, y: rows > 1 ? 1 : 0 },
        );
        surface.fillRounded(...part, tile, opacity, insets);
      }
    }
  };
}

/** An arrangement at rest: from afar block by block. */
export function paintArrangement(
  pen: Pen,
  grid: Grid,
  arrangement: Arrangement,
  opacity: number,
): void {
  const { brush, gap, blocky } = pen;
  if (blocky) {
    for (const block of blocksOf(arrangement, brush.palette).list) {
      paintBlock(brush, block, ...deviceBox(brush, grid, block, gap), opacity);
    }
    return;
  }
  const { cells } = arrangement;
  const paint = cellPainter(pen, arrangement);
  for (let cell = 0; cell < cells.count; cell++) {
    const x = grid.x + (cells.x[cell] ?? 0) * grid.pitch.x;
    const y = grid.y + (cells.y[cell] ?? 0) * grid.pitch.y;
    paint(cell, x, y, opacity);
  }
}

/** A flock from afar, with its first cell at a point. No gap parts it from the rest of its block. */
export function paintFlock(
  { brush, pitch, gap }: Pen,
  { block, width, height, ends }: Flock,
  cssX: number,
  cssY: number,
  opacity: number,
): void {
  const { pixelRatio } = brush;
  const x = cssX * pixelRatio;
  const y = cssY * pixelRatio;
  const left = Math.round(x);
  const top = Math.round(y);
  const right = Math.round(x + width * pitch.x * pixelRatio) - (ends.right ? gap.x : 0);
  const bottom = Math.round(y + height * pitch.y * pixelRatio) - (ends.bottom ? gap.y : 0);
  paintBlock(
    brush,
    block,
    left,
    top,
    Math.max(left + 1, right),
    Math.max(top + 1, bottom),
    opacity,
  );
}

/** What of a block is in a box of device pixels. */
function paintBlock(
  { surface, palette, hollow, tileOf }: Brush,
  { id, hollow: isHollow }: Block,
  left: number,
  top: number,
  right: number,
  bottom: number,
  opacity: number,
): void {
  if (isHollow) surface.outline(left, top, right, bottom, hollow, 1);
  else surface.fill(left, top, right, bottom, tileOf(palette.blockLookOf(id)), opacity);
}

/** Cells that are not where they belong, seen from afar. */
export function paintWrong(
  { brush, blocky }: Pen,
  grid: Grid,
  { cells }: Arrangement,
  wrong: ReadonlySet<number>,
): void {
  if (!blocky) return;
  for (const cell of wrong) {
    const box = { x: at(cells.x, cell), y: at(cells.y, cell), width: 1, height: 1 };
    brush.surface.fill(...deviceBox(brush, grid, box, NO_GAP), brush.wrongTile, 1);
  }
}

const NO_GAP = { x: 0, y: 0 };

/** Dashed places. */
export function outlineArrangement(
  { brush, gap, blocky }: Pen,
  grid: Grid,
  arrangement: Arrangement,
): void {
  const { cells } = arrangement;
  const boxes: Iterable<Box> = blocky
    ? blocksOf(arrangement, brush.palette).list
    : Array.from(cells.x, (x, cell) => ({ x, y: at(cells.y, cell), width: 1, height: 1 }));
  const dash = Math.max(1, Math.round((blocky ? 2 : 3) * brush.pixelRatio));
  for (const box of boxes) {
    brush.surface.outline(...deviceBox(brush, grid, box, gap), brush.hollow, dash);
  }
}

/** From the outside in: how far beyond the cell, in CSS pixels, and how dark. */
const SHADOW = [
  [3, 0.03],
  [2, 0.07],
  [1, 0.12],
  [0, 0.17],
] as const;

/** A slight shadow under cells that fly, so many each way. */
export function castShadow(
  { brush, pitch, gap }: Pen,
  { width, height }: Size,
  cssX: number,
  cssY: number,
): void {
  const { surface, pixelRatio } = brush;
  const [left, top, right, bottom] = cellBox(
    cssX * pixelRatio,
    cssY * pixelRatio,
    width * pitch.x * pixelRatio,
    height * pitch.y * pixelRatio,
    gap,
  );
  const down = Math.round(3 * pixelRatio);
  for (const [blur, opacity] of SHADOW) {
    const grown = Math.round(blur * pixelRatio);
    surface.shade(left - grown, top + down - grown, right + grown, bottom + down + grown, opacity);
  }
}

/** Left, top, right and bottom in device pixels. */
type DeviceBox = readonly [left: number, top: number, right: number, bottom: number];

/** A box of an arrangement, in cells. */
function deviceBox({ pixelRatio }: Brush, { x, y, pitch }: Grid, box: Box, gap: Gap): DeviceBox {
  return cellBox(
    (x + box.x * pitch.x) * pixelRatio,
    (y + box.y * pitch.y) * pixelRatio,
    box.width * pitch.x * pixelRatio,
    box.height * pitch.y * pixelRatio,
    gap,
  );
}

/** In whole pixels, at least one of them each way. */
function cellBox(left: number, top: number, width: number, height: number, gap: Gap): DeviceBox {
  const x = Math.round(left);
  const y = Math.round(top);
  const right = Math.max(x + 1, Math.round(left + width) - gap.x);
  const bottom = Math.max(y + 1, Math.round(top + height) - gap.y);
  return [x, y, right, bottom];
}
