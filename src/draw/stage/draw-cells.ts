import { at } from '../../base/assert.ts';
import { sum } from '../../base/numbers.ts';
import type { Steps } from '../../base/steps.ts';
import type { Tick } from '../../trace/trace.ts';
import { type Flight, moverOf } from './flight.ts';
import { type Flock, flocksOf } from './flocks.ts';
import type { Part, RankFrame } from './frame.ts';
import { gridOf, levelOf } from './geometry.ts';
import { overlaps } from './ink.ts';
import type { Box } from './layout.ts';
import {
  type Brush,
  castShadow,
  cellPainter,
  outlineArrangement,
  type Pen,
  paintArrangement,
  paintFlock,
  paintWrong,
  penFor,
} from './pen.ts';

/** What leaves is seen through, and hardly any more once it has landed elsewhere. */
const LEAVING = 0.2;
const LEFT = 0.1;
/** Beyond this many flying cells no shadow is cast. */
const MOST_SHADOWS = 400;

/** The cells at a tick, in steps. `wrong` says for each rank which cells are not where they belong. */
export function* drawFrame(
  brush: Brush,
  tick: Tick,
  frame: readonly RankFrame[],
  wrong: readonly (ReadonlySet<number> | null)[],
): Steps<void> {
  const { layout } = brush;
  const pen = penFor(brush, at(layout.pitches, tick));
  const screen = screenOf(brush);
  for (const [rank, card] of frame.entries()) {
    if (!overlaps(at(layout.cards, rank), screen)) continue;
    const grid = (part: Part) => gridOf(layout, tick, rank, card, part);
    const { given, awaited, held } = card;
    if (given !== null) yield* paintArrangement(pen, grid(given), given.arrangement, LEFT);
    if (awaited !== null) yield* outlineArrangement(pen, grid(awaited), awaited.arrangement);
    yield* paintArrangement(pen, grid(held), held.arrangement, 1);
    yield* paintWrong(pen, grid(held), held.arrangement, wrong[rank] ?? new Set());
  }
}

/** What does not move between two ticks: what was given away, and the places where pieces land. */
export function* drawUnderFlight(brush: Brush, { tick, journey }: Flight): Steps<void> {
  const { layout } = brush;
  const pen = penFor(brush, at(layout.pitches, tick));
  for (const [rank, card] of journey.after.entries()) {
    const { given, held } = card;
    const grid = (part: Part) => gridOf(layout, tick, rank, card, part);
    if (given !== null) yield* paintArrangement(pen, grid(given), given.arrangement, LEAVING);
    if (at(journey.ranks, rank).landing) {
      yield* outlineArrangement(pen, grid(held), held.arrangement);
    }
  }
}

/** The cells between two ticks, in steps. What flies is above what stays. */
export function* drawFlight(brush: Brush, flight: Flight): Steps<void> {
  const { layout, palette } = brush;
  const { tick, journey, shares } = flight;
  const pen = penFor(brush, flight.pitch, levelOf(at(layout.pitches, tick)) === 'blocks');
  const flying = sum(journey.ranks.map(({ landing, fromRank }) => (landing ? fromRank.length : 0)));
  const flocks = yield* flocksOf(journey, palette);
  for (const above of [false, true]) {
    for (const [rank, { landing }] of journey.ranks.entries()) {
      if (above && !landing) continue;
      const draw = flockDrawer(pen, flight, rank, above && flying <= MOST_SHADOWS);
      for (const flock of at(flocks, rank)) {
        const share = shares[flock.from] ?? 0;
        if ((landing && share > 0 && share < 1) === above) draw(flock);
      }
      yield;
    }
  }
}

/** Draws the flocks of a rank where they are: as one rectangle from afar, cell by cell from near. */
function flockDrawer(
  pen: Pen,
  flight: Flight,
  rank: number,
  shaded: boolean,
): (flock: Flock) => void {
  const { brush, pitch, blocky } = pen;
  const move = moverOf(brush.layout, flight, rank);
  const opacityOf = ({ from }: Flock) => (from < 0 ? flight.eased : 1);
  const spot = { x: 0, y: 0 };
  if (blocky) {
    return (flock) => {
      move(at(flock.rows, 0), spot);
      if (shaded) castShadow(pen, flock, spot.x, spot.y);
      paintFlock(pen, flock, spot.x, spot.y, opacityOf(flock));
    };
  }
  const screen = screenOf(brush);
  const paint = cellPainter(pen, at(flight.journey.after, rank).held.arrangement);
  return (flock) => {
    const { rows, width, height } = flock;
    move(at(rows, 0), spot);
    const box = { ...spot, width: width * pitch.x, height: height * pitch.y };
    if (!overlaps(box, screen)) return;
    for (const first of rows) {
      for (let cell = first; cell < first + width; cell++) {
        move(cell, spot);
        if (shaded) castShadow(pen, ONE_CELL, spot.x, spot.y);
        paint(cell, spot.x, spot.y, opacityOf(flock));
      }
    }
  };
}

const ONE_CELL = { width: 1, height: 1 };

/** What is seen, in CSS pixels. */
function screenOf({ surface, pixelRatio }: Brush): Box {
  return { x: 0, y: 0, width: surface.width / pixelRatio, height: surface.height / pixelRatio };
}
