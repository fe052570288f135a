import { at } from '../../base/assert.ts';
import type { Highlight } from '../../content/lessons/lesson.ts';
import { shinesOn, shinesOnRank, shinesOnStage } from '../../content/lessons/spotlight.ts';
import { type Coordinates, coordinates } from '../../core/contract/case.ts';
import type { Tick } from '../../trace/trace.ts';
import type { RankFrame } from './frame.ts';
import { boxOf } from './geometry.ts';
import { type Ink, type Sheet, sheetsOf } from './ink.ts';
import type { Box } from './layout.ts';
import type { Picking } from './picking.ts';

/** How much of what does not stand out is veiled. */
const VEIL = 0.7;
const FRAME = 2.5;

/** Veils all that a lesson does not speak of, and frames the ranks that it does. */
export function drawSpotlight(
  ink: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
  highlight: Highlight,
): void {
  if (!shinesOnStage(highlight)) return;
  const { context, colours, layout } = ink;
  const wholeRanks = highlight.heads === null && highlight.tokens === null;
  context.save();
  for (const sheet of sheetsOf(ink, tick, frame)) {
    const card = at(layout.cards, sheet.rank);
    context.globalAlpha = VEIL;
    context.fillStyle = colours.panel;
    if (!shinesOnRank(highlight, sheet.rank)) fill(ink, [inset(card, 1)]);
    else if (!wholeRanks) {
      fill(
        ink,
        boxesWhere(sheet, (where) => !shinesOn(highlight, where)),
      );
    } else {
      context.globalAlpha = 1;
      frameCard(ink, card);
    }
  }
  context.restore();
}

/** What is picked for an answer so far: cells by their head or token, or whole ranks. */
export function drawPicks(
  ink: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
  { kind, members }: Picking,
): void {
  const { context, colours, layout } = ink;
  for (const sheet of sheetsOf(ink, tick, frame)) {
    if (kind === 'ranks') {
      if (members.includes(sheet.rank)) frameCard(ink, at(layout.cards, sheet.rank));
      continue;
    }
    const boxes = boxesWhere(sheet, ({ h, s }) => members.includes(kind === 'heads' ? h : s));
    context.save();
    for (const [colour, width] of [
      [colours.panel, 4.5],
      [colours.accent, 2.5],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      for (const { x, y, width: w, height } of boxes)
        context.strokeRect(x + 1, y + 1, w - 2, height - 2);
    }
    context.restore();
  }
}

/** The cells of a card whose first element passes a test. */
function boxesWhere({ card, grid, sizes }: Sheet, test: (where: Coordinates) => boolean): Box[] {
  const { arrangement } = card.held;
  const { cells } = arrangement;
  return Array.from({ length: cells.count }, (_, cell) => cell)
    .filter((cell) => {
      const id = at(cells.id, cell);
      return id >= 0 && test(coordinates(sizes, id));
    })
    .map((cell) => boxOf(grid, arrangement, cell, null));
}

function fill({ context }: Ink, boxes: readonly Box[]): void {
  context.beginPath();
  for (const { x, y, width, height } of boxes)
    context.rect(x - 0.5, y - 0.5, width + 1, height + 1);
  context.fill();
}

function frameCard({ context, colours }: Ink, card: Box): void {
  const { x, y, width, height } = inset(card, FRAME / 2 + 0.5);
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(11, width / 8));
  context.strokeStyle = colours.accent;
  context.lineWidth = FRAME;
  context.stroke();
  context.restore();
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}
