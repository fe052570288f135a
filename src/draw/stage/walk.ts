import { at } from '../../base/assert.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { Tick } from '../../trace/trace.ts';
import { cellOf, depthOf, elementIn } from './cells.ts';
import type { Frame } from './frame.ts';
import { boxOf, gridOf, type Spot, splitOf } from './geometry.ts';
import type { Box, StageLayout } from './layout.ts';

/** One step over the stage: right, left, down or up. */
export interface Direction {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** What spots stand on. */
export interface Ground {
  readonly layout: StageLayout;
  readonly tick: Tick;
  readonly frame: Frame;
}

/** Where a walk begins: the first cell of the first rank that holds any. */
export function firstSpot(ground: Ground): Spot | null {
  const rank = ground.frame.findIndex(({ held }) => held.arrangement.cells.count > 0);
  return rank < 0 ? null : spotIn(ground, rank, 0);
}

/** The spot next to one, on the same card or on the one beside it; the same spot at the edge. */
export function spotBeside(ground: Ground, from: Spot, direction: Direction): Spot {
  const { frame, layout } = ground;
  const { cells, depths } = at(frame, from.rank).held.arrangement;
  if (from.depth !== null && direction.x !== 0) {
    const depth = from.depth + direction.x;
    const count = at(depths, at(cells.tensor, from.cell)).length;
    if (depth >= 0 && depth < count) return { ...from, depth };
  }
  const here = boxOfSpot(ground, { ...from, depth: null });
  const next = nearest(ground, from.rank, here, direction);
  if (next !== null)
    return spotIn(ground, from.rank, next, from.depth === null ? null : entry(direction));
  const home = at(layout.cards, from.rank);
  const neighbours = layout.cards
    .map((card, rank) => ({ rank, away: distance(home, card, direction) }))
    .filter(({ rank, away }) => away !== null && at(frame, rank).held.arrangement.cells.count > 0)
    .sort((a, b) => (a.away ?? 0) - (b.away ?? 0));
  const [beside] = neighbours;
  if (beside === undefined) return from;
  const cell = nearest(ground, beside.rank, here, null);
  return cell === null ? from : spotIn(ground, beside.rank, cell);
}

/** Coming from the left one meets a cell's first element, from the right its last. */
function entry({ x }: Direction): 'first' | 'last' {
  return x < 0 ? 'last' : 'first';
}

function spotIn(
  { frame, layout, tick }: Ground,
  rank: number,
  cell: number,
  enter: 'first' | 'last' | null = 'first',
): Spot {
  const { arrangement } = at(frame, rank).held;
  const depth = at(arrangement.depths, at(arrangement.cells.tensor, cell)).length;
  if (enter === null || splitOf(at(layout.pitches, tick), depth) === null) {
    return { rank, cell, depth: null };
  }
  return { rank, cell, depth: enter === 'first' ? 0 : depth - 1 };
}

/** The cell of a rank that is nearest to a box, among those that lie in a direction of it. */
function nearest(
  ground: Ground,
  rank: number,
  here: Box,
  direction: Direction | null,
): number | null {
  const card = at(ground.frame, rank);
  const grid = gridOf(ground.layout, ground.tick, rank, card, card.held);
  const { arrangement } = card.held;
  let best: { cell: number; away: number } | null = null;
  for (let cell = 0; cell < arrangement.cells.count; cell++) {
    const away = distance(here, boxOf(grid, arrangement, cell, null), direction);
    if (away !== null && (best === null || away < best.away)) best = { cell, away };
  }
  return best?.cell ?? null;
}

/** From middle to middle, straight ahead counting little; null where `b` does not lie ahead. */
function distance(a: Box, b: Box, direction: Direction | null): number | null {
  const x = b.x + b.width / 2 - a.x - a.width / 2;
  const y = b.y + b.height / 2 - a.y - a.height / 2;
  if (direction === null) return Math.hypot(x, y);
  const ahead = x * direction.x + y * direction.y;
  const aside = Math.abs(x * direction.y) + Math.abs(y * direction.x);
  const step = direction.x === 0 ? a.height : a.width;
  return ahead < step / 2 || aside > ahead + step / 2 ? null : ahead + 3 * aside;
}

/** Where a spot is on the screen. */
export function boxOfSpot({ layout, tick, frame }: Ground, { rank, cell, depth }: Spot): Box {
  const card = at(frame, rank);
  const grid = gridOf(layout, tick, rank, card, card.held);
  return boxOf(grid, card.held.arrangement, cell, depth);
}

/** The element at a spot; null where no tensor looks. */
export function elementAt({ frame }: Ground, spot: Spot): HeldElement | null {
  const { arrangement } = at(frame, spot.rank).held;
  const element = elementIn(arrangement, spot.cell, spot.depth ?? 0);
  return element && { rank: spot.rank, tensor: element.tensor, place: element.place };
}

/** The spot at which an element is drawn; null where it is not. */
export function spotOf({ frame, layout, tick }: Ground, element: HeldElement): Spot | null {
  const card = frame[element.rank];
  if (card === undefined) return null;
  const { arrangement } = card.held;
  const cell = cellOf(arrangement, element.tensor, element.place);
  if (cell < 0) return null;
  const depth = at(arrangement.depths, element.tensor).length;
  const cut = splitOf(at(layout.pitches, tick), depth) !== null;
  const own = depthOf(arrangement, cell, element.tensor, element.place);
  return { rank: element.rank, cell, depth: cut ? own : null };
}
