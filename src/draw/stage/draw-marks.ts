import { at } from '../../base/assert.ts';
import type { Canvas2d } from '../../picture/canvas-2d.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { Tick } from '../../trace/trace.ts';
import { cellOf } from './cells.ts';
import type { FirstWrong } from './first-wrong.ts';
import { type Flight, moverOf } from './flight.ts';
import type { RankFrame } from './frame.ts';
import { boxOf, boxOfElement, gapOf, levelOf } from './geometry.ts';
import { drawPlate, type Ink, plateBeside, type Sheet, sheetsOf } from './ink.ts';
import type { Box } from './layout.ts';

/** Crosses the cells that are not where they belong. From afar `drawFrame` has crossed them. */
export function drawCrosses(
  ink: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
  wrong: readonly (ReadonlySet<number> | null)[],
): void {
  const { context, colours } = ink;
  context.beginPath();
  let least = Number.POSITIVE_INFINITY;
  for (const { rank, card, grid } of sheetsOf(ink, tick, frame)) {
    if (levelOf(grid.pitch) === 'blocks') continue;
    for (const cell of wrong[rank] ?? []) {
      const box = boxOf(grid, card.held.arrangement, cell, null);
      cross(context, box);
      least = Math.min(least, box.width);
    }
  }
  const line = Math.min(1.8, Math.max(0.8, least / 10));
  context.save();
  // A pale edge first, so that the mark stands out from a cell of any hue.
  context.strokeStyle = colours.panel;
  context.lineWidth = line + 1.6;
  context.stroke();
  context.strokeStyle = colours.bad;
  context.lineWidth = line;
  context.stroke();
  context.restore();
}

/** Between the cross and the border of its cell, in CSS pixels. */
const CORNER = 4;

function cross(path: Canvas2d, { x, y, width, height }: Box): void {
  const arm = Math.min(7, Math.min(width, height) * 0.24);
  // Where there is room it keeps to the corner that the cell's chip and its name leave free.
  const away = arm + CORNER;
  const middle = Math.max(x + width / 2, x + width - away);
  const centre = height < 2 * away + arm ? y + height / 2 : y + away;
  path.rect(x + 0.5, y + 0.5, width - 1, height - 1);
  path.moveTo(middle - arm, centre - arm);
  path.lineTo(middle + arm, centre + arm);
  path.moveTo(middle + arm, centre - arm);
  path.lineTo(middle - arm, centre + arm);
}

/** Up to this many cells of a card, the order in which its tensor reads memory is drawn as a path. */
const MOST_READ = 160;

/**
 * Memory: the tensor's row-major order through the slots. A view leaves every element where it is
 * and lays another path through them.
 */
export function drawReading(
  ink: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
  opacity: number,
): void {
  const { context, colours } = ink;
  context.save();
  context.globalAlpha = opacity;
  for (const sheet of sheetsOf(ink, tick, frame)) {
    if (sheet.card.held.arrangement.cells.count > MOST_READ) continue;
    if (Math.min(sheet.grid.pitch.x, sheet.grid.pitch.y) < 10) continue;
    const stops = readingOrder(sheet);
    context.beginPath();
    for (const { led, box } of stops) {
      const { x, y } = middleOf(box);
      if (led) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    context.lineJoin = 'round';
    context.strokeStyle = colours.panel;
    context.lineWidth = 3.5;
    context.stroke();
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.4;
    context.stroke();
    const [first] = stops;
    if (first === undefined) continue;
    context.beginPath();
    const { x, y } = middleOf(first.box);
    context.arc(x, y, 3.2, 0, 2 * Math.PI);
    context.fillStyle = colours.ink;
    context.fill();
  }
  context.restore();
}

/** A cell that is read, and whether a line leads to it from the one before. */
interface Stop {
  readonly led: boolean;
  readonly box: Box;
}

/** A card's cells as its tensors read them. No line shows that a row of the strip goes on in the next. */
function readingOrder({ card, grid }: Sheet): Stop[] {
  const { arrangement } = card.held;
  const { cells } = arrangement;
  return arrangement.tensors.flatMap(({ ids }, tensor) => {
    const stops: Stop[] = [];
    let before = -1;
    ids.forEach((_, place) => {
      const cell = cellOf(arrangement, tensor, place);
      if (cell < 0 || cell === before) return;
      const wraps = cell === before + 1 && cells.y[cell] !== cells.y[before];
      stops.push({ led: before >= 0 && !wraps, box: boxOf(grid, arrangement, cell, null) });
      before = cell;
    });
    return stops;
  });
}

/** Rings around elements, wherever they are held. */
export function drawRings(
  ink: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
  elements: readonly HeldElement[],
  colour: string,
): void {
  for (const element of elements) {
    const box = boxOfElement(ink.layout, tick, frame, element);
    if (box !== null) ring(ink, box, colour);
  }
}

/** The same while they fly. */
export function drawFlyingRings(
  ink: Ink,
  flight: Flight,
  elements: readonly HeldElement[],
  colour: string,
): void {
  for (const { rank, tensor, place } of elements) {
    const { arrangement } = at(flight.journey.after, rank).held;
    const cell = cellOf(arrangement, tensor, place);
    if (cell < 0) continue;
    const spot = { x: 0, y: 0 };
    moverOf(ink.layout, flight, rank)(cell, spot);
    const { x, y } = flight.pitch;
    ring(ink, { ...spot, width: x - gapOf(x), height: y - gapOf(y) }, colour);
  }
}

function ring({ context, colours }: Ink, { x, y, width, height }: Box, colour: string): void {
  context.save();
  for (const [style, line] of [
    [colours.panel, 5],
    [colour, 2.5],
  ] as const) {
    context.beginPath();
    context.roundRect(x - 2, y - 2, width + 4, height + 4, 4);
    context.strokeStyle = style;
    context.lineWidth = line;
    context.stroke();
  }
  context.restore();
}

/** The words of a card, which no plate is to cover, reach so far down, in CSS pixels. */
const HEAD_HEIGHT = 34;

/** The first wrong element: where it lies, where it belongs, and an arrow from the one to the other. */
export function drawFirstWrong(
  ink: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
  { lies, belongs, words }: FirstWrong,
): void {
  const { context, colours, layout } = ink;
  const from = boxOfElement(layout, tick, frame, lies);
  if (from === null) return;
  const to = belongs === null ? null : boxOfElement(layout, tick, frame, belongs);
  const seen = to === null ? [from] : [from, to];
  if (!layout.small) seen.push(...layout.cards.map((card) => ({ ...card, height: HEAD_HEIGHT })));
  const write = (text: string, box: Box) => {
    const plate = plateBeside(ink, text, box, seen);
    drawPlate(ink, text, plate.x, plate.y, colours.bad);
    seen.push(plate);
  };
  context.save();
  ring(ink, from, colours.bad);
  if (to !== null) {
    context.setLineDash([4, 3]);
    ring(ink, to, colours.bad);
    context.setLineDash([]);
    arrow(ink, middleOf(from), middleOf(to));
  }
  write(words.lies, from);
  if (to !== null) write(words.belongs, to);
  context.restore();
}

function middleOf({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

/** A bowed line with a head, in the colour of what is wrong. */
function arrow(
  { context, colours }: Ink,
  from: { x: number; y: number },
  to: { x: number; y: number },
): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bow = { x: from.x + dx / 2 + dy * 0.12, y: from.y + dy / 2 - Math.abs(dx) * 0.12 };
  const angle = Math.atan2(to.y - bow.y, to.x - bow.x);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.quadraticCurveTo(bow.x, bow.y, to.x, to.y);
  for (const side of [-0.45, 0.45]) {
    context.moveTo(to.x, to.y);
    context.lineTo(to.x - 9 * Math.cos(angle + side), to.y - 9 * Math.sin(angle + side));
  }
  context.lineCap = 'round';
  context.strokeStyle = colours.panel;
  context.lineWidth = 5;
  context.stroke();
  context.strokeStyle = colours.bad;
  context.lineWidth = 2;
  context.stroke();
}
