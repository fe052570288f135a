import { easeCubicInOut } from 'd3';
import { at } from '../../base/assert.ts';
import type { Tick } from '../../trace/trace.ts';
import type { Cells } from './cells.ts';
import { type Grid, gridOf } from './geometry.ts';
import type { Journey } from './journey.ts';
import type { Pitch, StageLayout } from './layout.ts';

/** How far the cells are on their way to `tick`. */
export interface Flight {
  readonly tick: Tick;
  readonly journey: Journey;
  /** How far what stays on its rank has come. */
  readonly eased: number;
  /** How far the pieces of each source rank have come. */
  readonly shares: Float64Array;
  readonly pitch: Pitch;
  /** Where each rank's cells began. */
  readonly began: readonly (Grid & { readonly cells: Cells })[];
}

/** The share of a collective's time by which the last source rank starts after the first. */
const STAGGER = 0.3;

/** The flight to `tick`, `progress` (0 to 1) of the way. */
export function flightOf(
  layout: StageLayout,
  tick: Tick,
  journey: Journey,
  progress: number,
): Flight {
  const sources = journey.before.length;
  const shares = new Float64Array(sources);
  for (let source = 0; source < sources; source++) {
    const delay = journey.collective && sources > 1 ? (STAGGER * source) / (sources - 1) : 0;
    const length = journey.collective ? 1 - STAGGER : 1;
    shares[source] = easeCubicInOut(Math.min(1, Math.max(0, (progress - delay) / length)));
  }
  const eased = easeCubicInOut(progress);
  const pitch = pitchBetween(at(layout.pitches, tick - 1), at(layout.pitches, tick), progress);
  const began = journey.before.map((was, rank) => ({
    ...gridOf(layout, tick - 1, rank, was, was.held),
    cells: was.held.arrangement.cells,
  }));
  return { tick, journey, eased, shares, pitch, began };
}

/** How far apart cells are, some of the way from one pitch to another. */
export function pitchBetween(from: Pitch, to: Pitch, progress: number): Pitch {
  const eased = easeCubicInOut(progress);
  return { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };
}

/** Says where the cells of a rank are in a flight, one at a time, into `spot`: CSS pixels. */
export function moverOf(
  layout: StageLayout,
  { tick, journey, shares, began }: Flight,
  rank: number,
): (cell: number, spot: { x: number; y: number }) => void {
  const card = at(journey.after, rank);
  const { fromRank, fromCell, landing } = at(journey.ranks, rank);
  const { x, y, pitch } = gridOf(layout, tick, rank, card, card.held);
  const { cells } = card.held.arrangement;
  return (cell, spot) => {
    const toX = x + (cells.x[cell] ?? 0) * pitch.x;
    const toY = y + (cells.y[cell] ?? 0) * pitch.y;
    const source = fromRank[cell] ?? -1;
    const start = began[source];
    if (start === undefined) {
      spot.x = toX;
      spot.y = toY;
      return;
    }
    const twin = fromCell[cell] ?? 0;
    const fromX = start.x + (start.cells.x[twin] ?? 0) * start.pitch.x;
    const fromY = start.y + (start.cells.y[twin] ?? 0) * start.pitch.y;
    const share = shares[source] ?? 0;
    spot.x = fromX + (toX - fromX) * share;
    spot.y = fromY + (toY - fromY) * share - (landing ? arc(toX - fromX, toY - fromY, share) : 0);
  };
}

/** How far a piece rises above the straight line, in CSS pixels. */
function arc(x: number, y: number, share: number): number {
  return 4 * Math.min(52, 0.16 * Math.sqrt(x * x + y * y)) * share * (1 - share);
}
