import { at } from '../../base/assert.ts';
import { sum } from '../../base/numbers.ts';
import type { Tick } from '../../trace/trace.ts';
import { type Flight, moverOf } from './flight.ts';
import type { Part, RankFrame } from './frame.ts';
import { gridOf, levelOf } from './geometry.ts';
import { overlaps } from './ink.ts';
import {
  type Brush,
  cellPainter,
  outlineArrangement,
  paintArrangement,
  paintWrong,
  penFor,
  shadeCell,
} from './pen.ts';

/** What is on its way away is seen through. */
const FADED = 0.2;
/** Beyond this many flying cells no shadow is cast. */
const MOST_SHADOWS = 400;

/** The cells at a tick. `wrong` says for each rank which cells are not where they belong. */
export function drawFrame(
  brush: Brush,
  tick: Tick,
  frame: readonly RankFrame[],
  wrong: readonly (ReadonlySet<number> | null)[],
): void {
  const { layout, surface, pixelRatio } = brush;
  const pen = penFor(brush, at(layout.pitches, tick));
  const screen = {
    x: 0,
    y: 0,
    width: surface.width / pixelRatio,
    height: surface.height / pixelRatio,
  };
  frame.forEach((card, rank) => {
    if (!overlaps(at(layout.cards, rank), screen)) return;
    const grid = (part: Part) => gridOf(layout, tick, rank, card, part);
    const { given, awaited, held } = card;
    if (given !== null) paintArrangement(pen, grid(given), given.arrangement, FADED);
    if (awaited !== null) outlineArrangement(pen, grid(awaited), awaited.arrangement);
    paintArrangement(pen, grid(held), held.arrangement, 1);
    paintWrong(pen, grid(held), held.arrangement, wrong[rank] ?? new Set());
  });
}

/** What does not move between two ticks: what was given away, and the places where pieces land. */
export function drawUnderFlight(brush: Brush, { tick, journey }: Flight): void {
  const { layout } = brush;
  const pen = penFor(brush, at(layout.pitches, tick));
  journey.after.forEach((card, rank) => {
    const { given, held } = card;
    const grid = (part: Part) => gridOf(layout, tick, rank, card, part);
    if (given !== null) paintArrangement(pen, grid(given), given.arrangement, FADED);
    if (at(journey.ranks, rank).landing) outlineArrangement(pen, grid(held), held.arrangement);
  });
}

/** The cells between two ticks. What flies is above what stays. */
export function drawFlight(brush: Brush, flight: Flight): void {
  const { layout } = brush;
  const { tick, journey, shares } = flight;
  const pen = penFor(brush, flight.pitch, levelOf(at(layout.pitches, tick)) === 'blocks');
  const flying = sum(journey.ranks.map(({ landing, fromRank }) => (landing ? fromRank.length : 0)));
  const shaded = flying <= MOST_SHADOWS;
  const spot = { x: 0, y: 0 };
  for (const above of [false, true]) {
    journey.after.forEach((card, rank) => {
      const { arrangement } = card.held;
      const { landing, fromRank } = at(journey.ranks, rank);
      if (above && !landing) return;
      const move = moverOf(layout, flight, rank);
      const paint = cellPainter(pen, arrangement);
      for (let cell = 0; cell < fromRank.length; cell++) {
        const source = fromRank[cell] ?? -1;
        const share = shares[source] ?? 0;
        if ((landing && share > 0 && share < 1) !== above) continue;
        move(cell, spot);
        if (above && shaded) shadeCell(pen, spot.x, spot.y);
        paint(cell, spot.x, spot.y, source < 0 ? flight.eased : 1);
      }
    });
  }
}
