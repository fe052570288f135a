import { easeCubicInOut } from 'd3';
import { at } from '../../base/assert.ts';
import type { Arrangement } from './arrange.ts';
import type { RankFrame } from './frame.ts';
import type { Journey } from './journey.ts';
import type { Box, Pitch } from './layout.ts';
import type { Palette } from './palette.ts';

/**
 * Paints the cells of a moment, or of the way between two. Coordinates are CSS pixels of the stage;
 * the caller has scaled the context to device pixels. Cells are painted batch by batch, one batch a
 * colour, then one batch a hatch, so that the number of drawing calls does not grow with the cells.
 */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  /** The inside of each rank's card. */
  readonly insides: readonly Box[];
  readonly pitch: Pitch;
  readonly palette: Palette;
  readonly hatches: readonly (CanvasPattern | null)[];
  readonly colours: {
    readonly faint: string;
    readonly label: string;
    readonly bad: string;
    readonly edge: string;
    readonly shadow: string;
  };
}

/** Cells that have been placed, in batches to be painted. */
interface Batch {
  readonly x: number[];
  readonly y: number[];
  readonly id: number[];
}

const FADED = 0.2;
/** The share of a collective's time by which the last source rank starts after the first. */
const STAGGER = 0.3;
/** Beyond this many flying cells no shadow is cast. */
const MOST_SHADOWS = 400;

/** The state at a tick. `wrong` says for each rank which cells are not where they belong. */
export function drawFrame(
  brush: Brush,
  frame: readonly RankFrame[],
  wrong: readonly (ReadonlySet<number> | null)[],
): void {
  const still = newBatch();
  const ghosts = newBatch();
  frame.forEach((card, rank) => {
    const origin = originOfCard(brush, card, rank);
    if (card.given !== null) place(ghosts, brush.pitch, origin, card.given, 0);
    if (card.awaited !== null) dashed(brush, origin, card.awaited, card.held);
    place(still, brush.pitch, origin, card.held, card.shift);
  });
  paint(brush, ghosts, FADED);
  paint(brush, still, 1);
  frame.forEach((card, rank) => {
    const cells = wrong[rank];
    if (cells != null) cross(brush, originOfCard(brush, card, rank), card, cells);
  });
}

/** Between two ticks, `progress` (0 to 1) of the way; `from` is the pitch where it began. */
export function drawJourney(brush: Brush, from: Pitch, journey: Journey, progress: number): void {
  const began = { insides: brush.insides, pitch: from };
  const grown = easeCubicInOut(progress);
  const pitch = {
    x: from.x + (brush.pitch.x - from.x) * grown,
    y: from.y + (brush.pitch.y - from.y) * grown,
  };
  const between = { ...brush, pitch };
  const still = newBatch();
  const flying = newBatch();
  const appearing = newBatch();
  const ghosts = newBatch();
  const sources = journey.before.length;
  const eased = Array.from({ length: sources }, (_, source) => {
    const delay = journey.collective && sources > 1 ? (STAGGER * source) / (sources - 1) : 0;
    const length = journey.collective ? 1 - STAGGER : 1;
    return easeCubicInOut(Math.min(1, Math.max(0, (progress - delay) / length)));
  });

  journey.after.forEach((card, rank) => {
    const origin = originOfCard(brush, card, rank);
    const { fromRank, fromCell } = at(journey.ranks, rank);
    const landing = journey.collective && card.given !== null;
    if (landing) {
      dashedAll(brush, origin, card.held, card.shift);
      if (card.given !== null) place(ghosts, brush.pitch, origin, card.given, 0);
    }
    const { cells } = card.held;
    for (let cell = 0; cell < cells.count; cell++) {
      const id = at(cells.id, cell);
      const toX = origin.x + (at(cells.x, cell) + card.shift) * brush.pitch.x;
      const toY = origin.y + at(cells.y, cell) * brush.pitch.y;
      const source = at(fromRank, cell);
      if (source < 0) {
        push(appearing, toX, toY, id);
        continue;
      }
      const was = at(journey.before, source);
      const twin = at(fromCell, cell);
      const start = originOfCard(began, was, source);
      const fromX = start.x + (at(was.held.cells.x, twin) + was.shift) * from.x;
      const fromY = start.y + at(was.held.cells.y, twin) * from.y;
      const share = at(eased, source);
      const lift = landing ? arc(fromX, fromY, toX, toY, share) : 0;
      const x = fromX + (toX - fromX) * share;
      const y = fromY + (toY - fromY) * share - lift;
      push(landing && share > 0 && share < 1 ? flying : still, x, y, id);
    }
  });
  paint(brush, ghosts, FADED);
  paint(between, appearing, grown);
  paint(between, still, 1);
  paint(between, flying, 1, flying.id.length <= MOST_SHADOWS);
}

/** How far a piece rises above the straight line, in CSS pixels. */
function arc(x1: number, y1: number, x2: number, y2: number, share: number): number {
  const height = Math.min(52, 0.16 * Math.hypot(x2 - x1, y2 - y1));
  return 4 * height * share * (1 - share);
}

/** The top left of a card's contents, which stand in the middle of the card. */
export function originOfCard(
  { insides, pitch }: Pick<Brush, 'insides' | 'pitch'>,
  card: RankFrame,
  rank: number,
): Box {
  const inside = at(insides, rank);
  const width = card.width * pitch.x;
  const height = card.height * pitch.y;
  return {
    x: inside.x + Math.max(0, (inside.width - width) / 2),
    y: inside.y + Math.max(0, (inside.height - height) / 2),
    width,
    height,
  };
}

function newBatch(): Batch {
  return { x: [], y: [], id: [] };
}

function push(batch: Batch, x: number, y: number, id: number): void {
  batch.x.push(x);
  batch.y.push(y);
  batch.id.push(id);
}

function place(
  batch: Batch,
  pitch: Pitch,
  origin: Box,
  { cells }: Arrangement,
  shift: number,
): void {
  for (let cell = 0; cell < cells.count; cell++) {
    push(
      batch,
      origin.x + (at(cells.x, cell) + shift) * pitch.x,
      origin.y + at(cells.y, cell) * pitch.y,
      at(cells.id, cell),
    );
  }
}

function paint(brush: Brush, batch: Batch, opacity: number, shadow = false): void {
  if (batch.id.length === 0 || opacity === 0) return;
  const { context, palette, hatches } = brush;
  const byFill = new Map<number, number[]>();
  const byHatch = new Map<number, number[]>();
  batch.id.forEach((id, index) => {
    const look = palette.lookOf(id);
    group(byFill, look.fill, index);
    group(byHatch, look.hatch % hatches.length, index);
  });
  context.save();
  context.globalAlpha = opacity;
  if (shadow) {
    context.shadowColor = brush.colours.shadow;
    context.shadowBlur = 8;
    context.shadowOffsetY = 3;
  }
  for (const [fill, indices] of byFill) {
    context.fillStyle = at(palette.fills, fill);
    fillCells(brush, batch, indices);
  }
  context.shadowColor = 'transparent';
  for (const [hatch, indices] of byHatch) {
    const pattern = hatches[hatch];
    if (pattern == null) continue;
    context.fillStyle = pattern;
    fillCells(brush, batch, indices);
  }
  context.restore();
}

function group(groups: Map<number, number[]>, key: number, index: number): void {
  const members = groups.get(key);
  if (members === undefined) groups.set(key, [index]);
  else members.push(index);
}

/** Cells stand a hair apart, with round corners where there is room for them. */
function cellShape(pitch: Pitch): { width: number; height: number; radius: number } {
  const gapOf = (distance: number) => (distance < 4 ? 0 : Math.min(2, distance * 0.12));
  const width = pitch.x - gapOf(pitch.x);
  const height = pitch.y - gapOf(pitch.y);
  return { width, height, radius: Math.min(3.5, Math.min(width, height) * 0.2) };
}

function fillCells({ context, pitch }: Brush, batch: Batch, indices: readonly number[]): void {
  const { width, height, radius } = cellShape(pitch);
  context.beginPath();
  for (const index of indices) {
    const x = at(batch.x, index);
    const y = at(batch.y, index);
    if (radius < 1) context.rect(x, y, width, height);
    else context.roundRect(x, y, width, height, radius);
  }
  context.fill();
}

/** Dashed places to the right of what is held. */
function dashed(brush: Brush, origin: Box, awaited: Arrangement, held: Arrangement): void {
  const card = origin.width / brush.pitch.x;
  dashedAll(brush, origin, awaited, held.width > 0 ? card - awaited.width : 0);
}

function dashedAll(brush: Brush, origin: Box, { cells }: Arrangement, shift: number): void {
  const { context, pitch } = brush;
  const { width, height, radius } = cellShape(pitch);
  context.save();
  context.strokeStyle = brush.colours.faint;
  context.lineWidth = 1;
  context.setLineDash(radius < 1 ? [] : [3, 3]);
  context.globalAlpha = 0.55;
  context.beginPath();
  for (let cell = 0; cell < cells.count; cell++) {
    const x = origin.x + (at(cells.x, cell) + shift) * pitch.x + 0.5;
    const y = origin.y + at(cells.y, cell) * pitch.y + 0.5;
    if (radius < 1) context.rect(x, y, width - 1, height - 1);
    else context.roundRect(x, y, width - 1, height - 1, radius);
  }
  context.stroke();
  context.restore();
}

/** Marks the cells that are not where they belong: an outline and a cross, where there is room. */
function cross(brush: Brush, origin: Box, card: RankFrame, wrong: ReadonlySet<number>): void {
  const { context, pitch } = brush;
  const { width, height } = cellShape(pitch);
  const { cells } = card.held;
  context.save();
  const line = Math.min(1.8, Math.max(0.8, width / 10));
  context.beginPath();
  for (const cell of wrong) {
    const x = origin.x + (at(cells.x, cell) + card.shift) * pitch.x;
    const y = origin.y + at(cells.y, cell) * pitch.y;
    const inset = Math.min(width, height) * 0.26;
    context.rect(x + 0.5, y + 0.5, width - 1, height - 1);
    context.moveTo(x + inset, y + inset);
    context.lineTo(x + width - inset, y + height - inset);
    context.moveTo(x + width - inset, y + inset);
    context.lineTo(x + inset, y + height - inset);
  }
  // A pale edge first, so that the mark stands out from a cell of any hue.
  context.strokeStyle = brush.colours.edge;
  context.lineWidth = line + 1.6;
  context.stroke();
  context.strokeStyle = brush.colours.bad;
  context.lineWidth = line;
  context.stroke();
  context.restore();
}
