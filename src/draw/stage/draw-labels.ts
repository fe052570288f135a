import { at } from '../../base/assert.ts';
import { type BatchDimIdx, type Coordinates, coordinates } from '../../core/contract/case.ts';
import { batchDimOf } from '../../core/contract/contract.ts';
import { rowMajorStrides } from '../../core/tensor/shape.ts';
import type { Picture } from '../../store/view.ts';
import type { RankState } from '../../trace/state.ts';
import type { Tick } from '../../trace/trace.ts';
import { cellMarksFor } from './cell-marks.ts';
import { elementIn } from './cells.ts';
import { LANDING_GAP, type RankFrame } from './frame.ts';
import { boxOf, gapOf, levelOf, splitOf } from './geometry.ts';
import { drawPlate, type Ink, overlaps, type Sheet, sheetsOf } from './ink.ts';
import type { Box } from './layout.ts';
import { HATCHES, type Palette } from './palette.ts';
import { readableOn } from './readable.ts';
import { isSmall } from './small-card.ts';
import { letterWidth, TYPE } from './type.ts';

/** The width of a letter and the height of a line of an element's name, in CSS pixels. */
const LETTER = letterWidth(TYPE);
const LINE = 13;
/** How far apart numbers stand at least, in CSS pixels. */
const NUMBER_GAP = 4;
/** Between the cells and the numbers beside and above them. */
const AWAY = { x: 6, y: 5 };
/** From the baseline of a line of letters to its middle: a share of their size. */
const RISE = 0.36;

/**
 * Numbers and names, as many as there is room for: on the axes the heads and the tokens (in memory
 * the slots), from near what each element is. Chips and names in cells are painted with the cells.
 */
export function drawLabels(
  ink: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
  picture: Picture,
): void {
  const { context } = ink;
  context.save();
  context.textBaseline = 'alphabetic';
  for (const sheet of sheetsOf(ink, tick, frame)) {
    // On a small card that is seen from afar nothing is written: no font is set a thousand times.
    if (!ink.layout.small || levelOf(sheet.grid.pitch) !== 'blocks')
      labelCells(ink, sheet, picture);
    nameRank(ink, sheet);
  }
  context.restore();
}

function labelCells(ink: Ink, sheet: Sheet, picture: Picture): void {
  const { context } = ink;
  context.font = `${ink.type}px ${ink.colours.mono}`;
  context.fillStyle = ink.colours.label;
  // In a small card the rank's own number stands there.
  if (!ink.layout.small) {
    if (picture === 'heads') {
      numberColumns(ink, sheet);
      numberTokens(ink, sheet);
    } else numberSlots(ink, sheet);
  }
  const level = levelOf(sheet.grid.pitch);
  if (level === 'elements') nameElements(ink, sheet);
  else if (level === 'cells') markDepth(ink, sheet);
}

/** "h4" above its column, where no cell has its head's name. */
function numberColumns(ink: Ink, { card, grid, sizes }: Sheet): void {
  const { context, type, letters } = ink;
  const { cells } = card.held.arrangement;
  if (cellMarksFor(grid.pitch, type, letters).name !== null) return;
  const { every, prefix } = numberedColumns(grid.pitch.x, sizes.heads, type);
  context.textAlign = 'center';
  let column = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    if (at(cells.y, cell) !== 0) continue;
    const { h } = coordinates(sizes, at(cells.id, cell));
    const x = grid.x + (at(cells.x, cell) + 0.48) * grid.pitch.x;
    if (column % every === 0) context.fillText(`${prefix}${h}`, x, grid.y - AWAY.y);
    column += 1;
  }
}

/**
 * Every how many columns, `pitch` CSS pixels apart, there is room for the number of a head, and what
 * stands before it: "h", where that costs no number.
 */
export function numberedColumns(
  pitch: number,
  heads: number,
  type: number = TYPE,
): { readonly every: number; readonly prefix: 'h' | '' } {
  const digits = String(heads - 1).length;
  const every = (letters: number) => roundUp((letters * letterWidth(type) + NUMBER_GAP) / pitch);
  const [named, bare] = [every(digits + 1), every(digits)];
  return named === bare ? { every: named, prefix: 'h' } : { every: bare, prefix: '' };
}

/** Every how many rows, `pitch` CSS pixels apart, there is room for a number. */
function numberedRows(pitch: number, type: number): number {
  return roundUp(type / pitch);
}

/** To a power of two: so that what is numbered is where groups begin. */
function roundUp(count: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(count)));
}

/** What stands beside a row that is no token of the sequence. */
const PADDING = 'pad';

/** "s3" beside its row, with the batch where there are several. */
function numberTokens(ink: Ink, { card, grid, sizes }: Sheet): void {
  const part = card.held;
  const returned = hasReturned(card.state);
  const name = (id: number) => {
    const { b, s } = coordinates(sizes, id);
    const token = s < length ? `s${s}` : PADDING;
    return sizes.batch > 1 ? `b${b} ${token}` : token;
  };
  const { contract } = ink.trace.recording;
  const batchDimIdx = batchDimOf(contract);
  const { seq: length } = contract;
  const nameOf = (cell: number) => {
    const { id, place, tensor } = part.arrangement.cells;
    const shape = part.arrangement.tensors[at(tensor, cell)]?.shape ?? [];
    const taken = returned ? strangeBatch(shape, at(place, cell), sizes.batch, batchDimIdx) : null;
    return taken === null ? name(at(id, cell)) : `b${taken} ${name(at(id, cell))}`;
  };
  // What has landed stands beside what was sent.
  const letters = name(sizes.batch * sizes.seq * sizes.heads * sizes.headDim - 1).length;
  const free = LANDING_GAP * grid.pitch.x - 2 * AWAY.x;
  if (part.x > 0 && letters * letterWidth(ink.type) > free) return;
  nameRows(ink, { card, grid }, nameOf);
}

/** Whether what a rank holds is what a call returned, and attention takes. */
function hasReturned({ latest }: RankState): boolean {
  return latest?.event.kind === 'returned' || latest?.event.kind === 'attended';
}

/**
 * The sequence to which whoever takes a tensor counts a place of it, where the tensor has another
 * number of sequences than it should: then its rows are read as others than they are. Null otherwise.
 */
export function strangeBatch(
  shape: readonly number[],
  place: number,
  batch: number,
  batchDimIdx: BatchDimIdx,
): number | null {
  const size = shape[batchDimIdx];
  if (shape.length !== 4 || size === undefined || size === batch) return null;
  return Math.floor(place / at(rowMajorStrides(shape), batchDimIdx)) % size;
}

/** In memory a row is named by the first slot that it shows; several storages have no common count. */
function numberSlots(ink: Ink, { card, grid }: Sheet): void {
  const { depths, tensors } = card.held.arrangement;
  if (tensors.length > 1) return;
  const grain = depths[0]?.length ?? 1;
  nameRows(ink, { card, grid }, (cell) => String(cell * grain));
}

function nameRows(
  { context, type }: Ink,
  { card, grid }: Pick<Sheet, 'card' | 'grid'>,
  nameOf: (cell: number) => string,
): void {
  const { cells } = card.held.arrangement;
  const every = numberedRows(grid.pitch.y, type);
  context.textAlign = 'right';
  let row = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    if (at(cells.x, cell) !== 0) continue;
    const y = grid.y + (at(cells.y, cell) + 0.48) * grid.pitch.y + RISE * type;
    if (row % every === 0) context.fillText(nameOf(cell), grid.x - AWAY.x, y);
    row += 1;
  }
}

/** The head dim along the lower border of each cell: as many notches as it has elements. */
function markDepth({ context, palette, size, letters, type }: Ink, { card, grid }: Sheet): void {
  const { arrangement } = card.held;
  const { cells, depths } = arrangement;
  const depth = depths[0]?.length ?? 1;
  const { pitch } = grid;
  const { name } = cellMarksFor(pitch, type, letters);
  const width = (pitch.x - gapOf(pitch.x) - 2 * NOTCH.inset) / depth;
  if (depth < 2 || name === null || width < NOTCH.least) return;
  const told = width >= 2 * letterWidth(type) + NUMBER_GAP && pitch.y >= NOTCH.told + 2 * type;
  const screen = { x: 0, y: 0, ...size };
  context.save();
  context.textAlign = 'center';
  for (let cell = 0; cell < cells.count; cell++) {
    const box = boxOf(grid, arrangement, cell, null);
    if (at(cells.place, cell) < 0 || !overlaps(box, screen)) continue;
    context.fillStyle = readableOn(fillOf(palette, palette.lookOf(at(cells.id, cell))));
    for (let d = 0; d < depth; d++) {
      const x = box.x + NOTCH.inset + d * width;
      const y = box.y + box.height - NOTCH.inset;
      context.globalAlpha = NOTCH.opacity;
      context.fillRect(x + 1, y - NOTCH.height, width - 2, NOTCH.height);
      context.globalAlpha = 0.9;
      if (told) context.fillText(`d${d}`, x + width / 2, y - NOTCH.height - 3);
    }
  }
  context.restore();
}

/** Notches of a cell that are lower or narrower would not be seen; in high cells they are named. */
const NOTCH = { inset: 4, height: 2, least: 5, opacity: 0.55, told: 34 };

/** The coordinates of every element that is on the screen. */
function nameElements(ink: Ink, { card, grid, sizes }: Sheet): void {
  ink.context.font = `${TYPE}px ${ink.colours.mono}`;
  const { arrangement } = card.held;
  const { cells, depths } = arrangement;
  const screen = { x: 0, y: 0, ...ink.size };
  for (let cell = 0; cell < cells.count; cell++) {
    if (!overlaps(boxOf(grid, arrangement, cell, null), screen)) continue;
    const depth = depths[at(cells.tensor, cell)]?.length ?? 1;
    const cut = depth === 1 || splitOf(grid.pitch, depth) !== null;
    for (let d = 0; d < (cut ? depth : 1); d++) {
      const element = elementIn(arrangement, cell, d);
      if (element === null) continue;
      const box = boxOf(grid, arrangement, cell, cut ? d : null);
      const names = elementNames(coordinates(sizes, element.id), cut ? null : depth);
      write(ink, box, fitting(box, names), ink.palette.lookOf(element.id));
    }
  }
}

/** Ways of writing what an element is, or a cell with its whole head dim, from wide to high. */
function elementNames({ b, s, h, d }: Coordinates, headDim: number | null): string[][] {
  const depth = headDim === null ? `d${d}` : `d0–${headDim - 1}`;
  return [
    [`b${b} s${s} h${h} ${depth}`],
    [`b${b} s${s}`, `h${h} ${depth}`],
    [`b${b}`, `s${s}`, `h${h}`, depth],
  ];
}

/** The first way that fits. */
function fitting({ width, height }: Box, ways: readonly (readonly string[])[]): readonly string[] {
  const fits = (lines: readonly string[]) =>
    lines.length * LINE <= height &&
    Math.max(...lines.map((line) => line.length)) * LETTER <= width - 3;
  return ways.find(fits) ?? [];
}

/** Lines in the middle of a box, in ink that stands out from the colour of a look. */
function write(
  { context, palette }: Ink,
  { x, y, width, height }: Box,
  lines: readonly string[],
  look: number,
): void {
  const fill = fillOf(palette, look);
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = fill;
  context.fillStyle = readableOn(fill);
  lines.forEach((line, index) => {
    const middle = x + width / 2;
    const base = y + height / 2 + (index - (lines.length - 1) / 2) * LINE + 4;
    // In high contrast no hatch runs through the letters.
    context.strokeText(line, middle, base);
    context.fillText(line, middle, base);
  });
}

function fillOf({ fills }: Palette, look: number): string {
  return at(fills, Math.floor(look / HATCHES));
}

/** A rank's name on its card, where the card's own words are not to be seen: small, or scrolled off. */
function nameRank(ink: Ink, { rank }: Sheet): void {
  const box = at(ink.layout.cards, rank);
  const away = box.x < -8 || box.y < -8;
  const shown = {
    width: Math.min(ink.size.width, box.x + box.width) - Math.max(0, box.x),
    height: Math.min(ink.size.height, box.y + box.height) - Math.max(0, box.y),
  };
  if (!away || isSmall(shown)) return;
  drawPlate(ink, `rank ${rank}`, Math.max(0, box.x) + 6, Math.max(0, box.y) + 6, ink.colours.label);
}
