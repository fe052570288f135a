import { rgb } from 'd3';
import { at } from '../../base/assert.ts';
import { type Coordinates, coordinates } from '../../engine/case.ts';
import type { Picture } from '../../store/view.ts';
import type { Tick } from '../../trace/trace.ts';
import { blocksOf, blockText } from './blocks.ts';
import { elementIn } from './cells.ts';
import type { RankFrame } from './frame.ts';
import { boxOf, levelOf, splitOf } from './geometry.ts';
import { drawPlate, type Ink, overlaps, type Sheet, sheetsOf } from './ink.ts';
import { type Box, isSmall } from './layout.ts';
import { HATCHES, type Palette } from './palette.ts';

/** Below this distance, in CSS pixels, numbers would run into one another. */
const ROW_PITCH = 12;
/** How far apart numbers stand at least, in CSS pixels. */
const NUMBER_GAP = 4;
/** The width of a letter and the height of a line of the small mono type, in CSS pixels. */
const LETTER = 6.65;
const LINE = 13;

/**
 * Numbers and names, as many as there is room for: from afar what a block holds, nearer the head
 * numbers under the columns and the token numbers beside the rows, from near what each element is.
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
  context.font = `11px ${ink.colours.mono}`;
  for (const sheet of sheetsOf(ink, tick, frame)) {
    const level = levelOf(sheet.grid.pitch);
    if (level === 'blocks') nameBlocks(ink, sheet);
    else if (picture === 'heads') numberEdges(ink, sheet);
    else numberRows(ink, sheet);
    if (level === 'elements') nameElements(ink, sheet);
    nameRank(ink, sheet);
  }
  context.restore();
}

function numberEdges({ context, colours, layout }: Ink, { rank, card, grid, sizes }: Sheet): void {
  const { cells, height } = card.held.arrangement;
  const { pitch } = grid;
  const box = at(layout.cards, rank);
  const below = grid.y + height * pitch.y + 11;
  const every = numberedColumns(pitch.x, sizes.heads);
  const hasRoomBelow = below <= box.y + box.height;
  // In a small card the rank's own number stands there.
  const hasRoomBeside = !layout.small && pitch.y >= ROW_PITCH;
  let column = 0;
  context.fillStyle = colours.label;
  for (let cell = 0; cell < cells.count; cell++) {
    const { b, s, h } = coordinates(sizes, at(cells.id, cell));
    if (hasRoomBelow && at(cells.y, cell) === 0) {
      context.textAlign = 'center';
      const x = grid.x + (at(cells.x, cell) + 0.46) * pitch.x;
      if (column % every === 0) context.fillText(String(h), x, below);
      column += 1;
    }
    if (at(cells.x, cell) === 0 && hasRoomBeside) {
      const text = sizes.batch > 1 ? `b${b} ${s}` : String(s);
      context.textAlign = 'right';
      context.fillText(text, grid.x - 6, grid.y + (at(cells.y, cell) + 0.46) * pitch.y + 4);
    }
  }
}

/** Every how many columns, `pitch` CSS pixels apart, there is room for the number of a head. */
export function numberedColumns(pitch: number, heads: number): number {
  return Math.ceil((String(heads - 1).length * LETTER + NUMBER_GAP) / pitch);
}

/** In memory a row is named by the first slot that it shows; several storages have no common count. */
function numberRows({ context, colours }: Ink, { card, grid }: Sheet): void {
  const { cells, depths, tensors } = card.held.arrangement;
  if (grid.pitch.y < ROW_PITCH || tensors.length > 1) return;
  context.fillStyle = colours.label;
  context.textAlign = 'right';
  const grain = depths[0]?.length ?? 1;
  for (let cell = 0; cell < cells.count; cell++) {
    if (at(cells.x, cell) !== 0) continue;
    const y = grid.y + (at(cells.y, cell) + 0.46) * grid.pitch.y + 4;
    context.fillText(String(cell * grain), grid.x - 6, y);
  }
}

/** What a block holds, written over its middle, where it has room. */
function nameBlocks(ink: Ink, { card, grid, sizes }: Sheet): void {
  const { arrangement } = card.held;
  for (const block of blocksOf(arrangement, ink.palette).list) {
    const width = block.width * grid.pitch.x;
    const height = block.height * grid.pitch.y;
    if (width < 4 * LETTER || height < LINE) continue;
    const text = blockText(block, arrangement.cells, sizes);
    if (text === null) continue;
    const box = {
      x: grid.x + block.x * grid.pitch.x,
      y: grid.y + block.y * grid.pitch.y,
      width,
      height,
    };
    const lines = fitting(box, [
      [`${text.heads} · ${text.tokens}`],
      [text.heads, text.tokens],
      [text.heads],
    ]);
    write(ink, box, lines, ink.palette.blockLookOf(block.id));
  }
}

/** The coordinates of every element that is on the screen. */
function nameElements(ink: Ink, { card, grid, sizes }: Sheet): void {
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
    // The hatch does not run through the letters.
    context.strokeText(line, middle, base);
    context.fillText(line, middle, base);
  });
}

function fillOf({ fills }: Palette, look: number): string {
  return at(fills, Math.floor(look / HATCHES));
}

/** White or black, whichever is easier to read on a colour: 4.5 : 1 or more on any. */
export function readableOn(colour: string): string {
  const linear = (value: number) =>
    value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const { r, g, b } = rgb(colour);
  const light = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return light > 0.179 ? '#000000' : '#ffffff';
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
