import { at } from '../../base/assert.ts';
import { memoizedByAll } from '../../base/memo.ts';
import type { Steps } from '../../base/steps.ts';
import type { Tile } from '../../picture/hatch.ts';
import type { Size } from '../../picture/size.ts';
import type { Stamp, StampLook } from '../../picture/stamp.ts';
import { type CellSurface, roundedInsets } from '../../picture/surface.ts';
import { type Block, blocksOf } from './blocks.ts';
import { type CellMarks, cellMarksFor, chipIn, type MarkLetters } from './cell-marks.ts';
import { type Arrangement, CELLS_PER_STEP } from './cells.ts';
import type { Flock } from './flocks.ts';
import { type Grid, gapOf, levelOf, splitOf } from './geometry.ts';
import type { Colours } from './ink.ts';
import type { Box, Pitch, StageLayout } from './layout.ts';
import { HATCHES, type Palette } from './palette.ts';
import { readableOn } from './readable.ts';

/** What cells are painted with, on what, and where. Layouts are in CSS pixels, surfaces in device's. */
export interface Brush {
  readonly surface: CellSurface;
  readonly pixelRatio: number;
  readonly layout: StageLayout;
  readonly palette: Palette;
  tileOf(look: number): Tile;
  stampOf(look: StampLook): Stamp;
  readonly type: number;
  readonly letters: MarkLetters;
  readonly hatchAlways: boolean;
  readonly colours: Pick<Colours, 'mono' | 'ink' | 'panel'>;
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
  readonly marks: CellMarks;
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
  const marks = blocky ? NO_MARKS : cellMarksFor(pitch, brush.type, brush.letters);
  return { brush, pitch, blocky, gap, insets: roundedInsets(radius), marks };
}

const NO_MARKS: CellMarks = { chip: null, name: null };

/** The look of every cell, once a palette. */
const looksIn = memoizedByAll(({ cells }: Arrangement, palette: Palette) =>
  cells.id.map((id) => palette.lookOf(id)),
);

/**
 * Paints the cells of an arrangement one by one, wherever they are now, as they are seen from near.
 * What it reads of a cell, it reads from plain arrays: this runs for every cell of every frame.
 */
export function cellPainter(
  pen: Pen,
  arrangement: Arrangement,
): (cell: number, cssX: number, cssY: number, opacity: number) => void {
  const { brush, pitch, gap, insets, marks } = pen;
  const { surface, pixelRatio, palette, hollow } = brush;
  const { cells, depths } = arrangement;
  const { place } = cells;
  const plain = !brush.hatchAlways && (marks.chip !== null || levelOf(pitch) === 'elements');
  const mark = marks.chip === null ? null : marker(brush, marks, arrangement);
  const looks = looksIn(arrangement, palette);
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
    const look = looks[cell] ?? 0;
    const tile = brush.tileOf(plain ? look - (look % HATCHES) : look);
    if (split === null) {
      surface.fillRounded(left, top, right, bottom, tile, opacity, insets);
      if (opacity === 1) mark?.(cell, left, top, tile);
    } else {
      const { columns, rows } = split;
      for (let d = 0; d < depth; d++) {
        const part = cellBox(
          left + ((d % columns) * (right - left)) / columns,
          top + (Math.floor(d / columns) * (bottom - top)) / rows,
          (right - left) / columns,
          (bottom - top) / rows,
          { x: 1, y: rows > 1 ? 1 : 0 },
        );
        surface.fillRounded(part.left, part.top, part.right, part.bottom, tile, opacity, insets);
      }
    }
  };
}

/** How much of what lies under a chip is not seen. */
const CHIP_OPACITY = 0.84;

/** Stamps its chip and its name on a cell whose top left is at a point, in device pixels. */
function marker(
  brush: Brush,
  { chip, name }: CellMarks,
  { cells }: Arrangement,
): (cell: number, left: number, top: number, tile: Tile) => void {
  const { surface, pixelRatio, palette, colours, stampOf } = brush;
  const chips: Stamp[] = [];
  const names = new Map<string, Stamp[]>();
  const put = (box: Box, left: number, top: number, stamp: Stamp) =>
    surface.stamp(
      left + Math.round(box.x * pixelRatio),
      top + Math.round(box.y * pixelRatio),
      stamp,
    );
  const nameOf = (head: number, fill: string, { width, height, type }: Box & Typed) => {
    const font = `650 ${type}px ${colours.mono}`;
    // Over a hatch letters need a ground of their own.
    const plate = brush.hatchAlways ? { colour: fill, opacity: 1 } : null;
    return stampOf({ text: `h${head}`, font, ink: readableOn(fill), plate, width, height });
  };
  return (cell, left, top, { fill }) => {
    const id = cells.id[cell] ?? 0;
    if (chip !== null) {
      const rank = palette.chipOf(id);
      chips[rank] ??= chipStamp(brush, rank, chip);
      put(chip, left, top, chips[rank]);
    }
    if (name !== null && fill !== null) {
      const head = palette.headOf(id);
      const known = names.get(fill) ?? [];
      names.set(fill, known);
      known[head] ??= nameOf(head, fill, name);
      put(name, left, top, known[head]);
    }
  };
}

interface Typed {
  readonly type: number;
}

/** The number of a rank on a plate of the card's colour. */
function chipStamp(brush: Brush, rank: number, { width, height, type }: Size & Typed): Stamp {
  const { colours, hatchAlways, stampOf } = brush;
  const plate = { colour: colours.panel, opacity: hatchAlways ? 1 : CHIP_OPACITY };
  const font = `600 ${type}px ${colours.mono}`;
  return stampOf({ text: String(rank), font, ink: colours.ink, plate, width, height });
}

/** So many blocks are painted in one step. */
const BLOCKS_PER_STEP = 4096;

/** An arrangement at rest: from afar block by block. */
export function* paintArrangement(
  pen: Pen,
  grid: Grid,
  arrangement: Arrangement,
  opacity: number,
): Steps<void> {
  const { brush, gap, blocky } = pen;
  if (blocky) {
    const { list } = yield* blocksOf(arrangement, brush.palette);
    for (const [index, block] of list.entries()) {
      paintBlock(brush, block, deviceBox(brush, grid, block, gap), opacity);
      if (index % BLOCKS_PER_STEP === 0) yield;
    }
    return;
  }
  const cells = yield* arrangement.cellsInSteps();
  const paint = cellPainter(pen, arrangement);
  for (let cell = 0; cell < cells.count; cell++) {
    const x = grid.x + (cells.x[cell] ?? 0) * grid.pitch.x;
    const y = grid.y + (cells.y[cell] ?? 0) * grid.pitch.y;
    paint(cell, x, y, opacity);
    if (cell % CELLS_PER_STEP === 0) yield;
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
  const box = { left, top, right: Math.max(left + 1, right), bottom: Math.max(top + 1, bottom) };
  paintBlock(brush, block, box, opacity);
}

/** What of a block is in a box of device pixels. */
function paintBlock(
  brush: Brush,
  { id, hollow: isHollow }: Block,
  { left, top, right, bottom }: DeviceBox,
  opacity: number,
): void {
  const { surface, palette, hollow, tileOf, type, letters, pixelRatio } = brush;
  if (isHollow) {
    surface.outline(left, top, right, bottom, hollow, 1);
    return;
  }
  surface.fill(left, top, right, bottom, tileOf(palette.blockLookOf(id)), opacity);
  if (opacity < 1) return;
  const chip = chipIn((right - left) / pixelRatio, (bottom - top) / pixelRatio, type, letters.chip);
  if (chip === null) return;
  surface.stamp(
    left + Math.round(chip.x * pixelRatio),
    top + Math.round(chip.y * pixelRatio),
    chipStamp(brush, palette.chipOf(id), chip),
  );
}

/** Cells that are not where they belong, seen from afar. */
export function* paintWrong(
  { brush, blocky }: Pen,
  grid: Grid,
  { cells }: Arrangement,
  wrong: ReadonlySet<number>,
): Steps<void> {
  if (!blocky) return;
  let painted = 0;
  for (const cell of wrong) {
    const box = { x: at(cells.x, cell), y: at(cells.y, cell), width: 1, height: 1 };
    const { left, top, right, bottom } = deviceBox(brush, grid, box, NO_GAP);
    brush.surface.fill(left, top, right, bottom, brush.wrongTile, 1);
    if (++painted % BLOCKS_PER_STEP === 0) yield;
  }
}

const NO_GAP = { x: 0, y: 0 };

/** Dashed places. */
export function* outlineArrangement(
  { brush, gap, blocky }: Pen,
  grid: Grid,
  arrangement: Arrangement,
): Steps<void> {
  const dash = Math.max(1, Math.round((blocky ? 2 : 3) * brush.pixelRatio));
  const outline = (box: Box) => {
    const { left, top, right, bottom } = deviceBox(brush, grid, box, gap);
    brush.surface.outline(left, top, right, bottom, brush.hollow, dash);
  };
  if (blocky) {
    const { list } = yield* blocksOf(arrangement, brush.palette);
    for (const [index, block] of list.entries()) {
      outline(block);
      if (index % BLOCKS_PER_STEP === 0) yield;
    }
    return;
  }
  const cells = yield* arrangement.cellsInSteps();
  for (let cell = 0; cell < cells.count; cell++) {
    outline({ x: at(cells.x, cell), y: at(cells.y, cell), width: 1, height: 1 });
    if (cell % BLOCKS_PER_STEP === 0) yield;
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
  const { left, top, right, bottom } = cellBox(
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

/** In device pixels. */
interface DeviceBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

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
  return { left: x, top: y, right, bottom };
}
