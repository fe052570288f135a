import { at } from '../../base/assert.ts';
import type { RankEvent } from '../../engine/event.ts';
import { originOf } from '../../trace/origin.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { type Frame, frameAt, type RankFrame } from './frame.ts';

/** Where every cell of a rank came from: the rank and the cell there, or -1 for one that is new. */
export interface RankJourney {
  readonly fromRank: Int16Array;
  readonly fromCell: Int32Array;
}

/** How the cells of one tick's frame become those of the next. */
export interface Journey {
  readonly before: Frame;
  readonly after: Frame;
  readonly ranks: readonly RankJourney[];
  /** Whether anything is sent from rank to rank. */
  readonly collective: boolean;
  /** Whether any cell changes its place at all. */
  readonly moves: boolean;
}

const journeys = new WeakMap<Trace, Map<Tick, Journey>>();

/** How the frame of `tick - 1` becomes that of `tick`. */
export function journeyTo(trace: Trace, tick: Tick): Journey {
  const known = journeys.get(trace) ?? new Map<Tick, Journey>();
  journeys.set(trace, known);
  const journey = known.get(tick) ?? makeJourney(trace, tick);
  known.set(tick, journey);
  return journey;
}

function makeJourney(trace: Trace, tick: Tick): Journey {
  const before = frameAt(trace, tick - 1);
  const after = frameAt(trace, tick);
  const landings = after.map((frame) => frame.given !== null && frame.state.latest?.tick === tick);
  const ranks = after.map((frame, rank) => {
    if (frame === undefined) throw new Error('invariant broken: a rank without a frame');
    if (landings[rank] === true) return flight(before, frame, rank);
    return newCall(frame, tick) ? arrivals(frame) : rearrangement(before, frame, rank);
  });
  const moves = after.some((frame, rank) => {
    const was = at(before, rank);
    return frame.held !== was.held || frame.shift !== was.shift || frame.width !== was.width;
  });
  return { before, after, ranks, collective: landings.includes(true), moves };
}

function newCall(frame: RankFrame, tick: Tick): boolean {
  return frame.state.latest?.event.kind === 'called' && frame.state.latest.tick === tick;
}

/** A call begins on another tensor: its cells are new. */
function arrivals(frame: RankFrame): RankJourney {
  const { count } = frame.held.cells;
  return { fromRank: new Int16Array(count).fill(-1), fromCell: new Int32Array(count).fill(-1) };
}

/** Cells that stay on their rank are followed by what they are; twins in order. */
function rearrangement(before: Frame, after: RankFrame, rank: number): RankJourney {
  const journey = arrivals(after);
  const cellsOfId = new Map<number, number[]>();
  const { cells } = at(before, rank).held;
  for (let cell = cells.count - 1; cell >= 0; cell--) {
    const id = at(cells.id, cell);
    const twins = cellsOfId.get(id);
    if (twins === undefined) cellsOfId.set(id, [cell]);
    else twins.push(cell);
  }
  for (let cell = 0; cell < after.held.cells.count; cell++) {
    const from = cellsOfId.get(at(after.held.cells.id, cell))?.pop();
    if (from === undefined) continue;
    journey.fromRank[cell] = rank;
    journey.fromCell[cell] = from;
  }
  return journey;
}

/** Cells that landed in a collective are followed by the messages' split sizes. */
function flight(before: Frame, after: RankFrame, rank: number): RankJourney {
  const journey = arrivals(after);
  const offers = before.map((frame) => offerIn(frame.state.latest?.event));
  const cellAtPlace = before.map(({ held: { cells } }) => {
    const index = new Map<string, number>();
    for (let cell = 0; cell < cells.count; cell++) {
      index.set(placeKey(at(cells.tensor, cell), at(cells.place, cell)), cell);
    }
    return index;
  });
  const { cells } = after.held;
  for (let cell = 0; cell < cells.count; cell++) {
    const from = originOf(offers, {
      rank,
      tensor: at(cells.tensor, cell),
      place: at(cells.place, cell),
    });
    const source = at(cellAtPlace, from.rank).get(placeKey(from.tensor, from.place));
    if (source === undefined) continue;
    journey.fromRank[cell] = from.rank;
    journey.fromCell[cell] = source;
  }
  return journey;
}

function placeKey(tensor: number, place: number): string {
  return `${tensor}:${place}`;
}

function offerIn(event: RankEvent | undefined): Extract<RankEvent, { kind: 'offered' }> {
  if (event?.kind !== 'offered') throw new Error('invariant broken: pieces land after an offer');
  return event;
}
