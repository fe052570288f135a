import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { finish, type Steps } from '../../base/steps.ts';
import type { RankEvent } from '../../engine/event.ts';
import type { Picture } from '../../store/view.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { cellFinder } from './cells.ts';
import { type Frame, frameInSteps, type RankFrame } from './frame.ts';

/** Where every cell of a rank came from: the rank and the cell there, or -1 for one that is new. */
export interface RankJourney {
  readonly fromRank: Int16Array;
  readonly fromCell: Int32Array;
  /** Whether its cells were sent by ranks. */
  readonly landing: boolean;
}

/** How the cells of one tick's frame become those of the next. */
export interface Journey {
  readonly before: Frame;
  readonly after: Frame;
  readonly ranks: readonly RankJourney[];
  /** Whether anything is sent from rank to rank. */
  readonly collective: boolean;
  /** Whether anything that is drawn changes at all. */
  readonly moves: boolean;
}

const journeysOf = memoized((_: Trace) => new Map<string, Journey>());

/** How the frame of `tick - 1` becomes that of `tick`. */
export function journeyTo(trace: Trace, tick: Tick, picture: Picture): Journey {
  return finish(journeyInSteps(trace, tick, picture));
}

/** The same in steps of a rank each. */
export function* journeyInSteps(trace: Trace, tick: Tick, picture: Picture): Steps<Journey> {
  const journeys = journeysOf(trace);
  const key = `${picture} ${tick}`;
  const journey = journeys.get(key) ?? (yield* makeJourney(trace, tick, picture));
  journeys.set(key, journey);
  return journey;
}

function* makeJourney(trace: Trace, tick: Tick, picture: Picture): Steps<Journey> {
  const before = yield* frameInSteps(trace, tick - 1, picture);
  const after = yield* frameInSteps(trace, tick, picture);
  const ranks: RankJourney[] = [];
  for (const rank of after.keys()) {
    ranks.push(rankJourney(before, after, rank, tick));
    yield;
  }
  const moves = after.some((frame, rank) => {
    const was = at(before, rank);
    return frame.held.arrangement !== was.held.arrangement || frame.width !== was.width;
  });
  return { before, after, ranks, collective: ranks.some(({ landing }) => landing), moves };
}

function rankJourney(before: Frame, after: Frame, rank: number, tick: Tick): RankJourney {
  const frame = at(after, rank);
  const { latest } = frame.state;
  if (latest?.tick !== tick) return rearrangement(at(before, rank), frame, rank);
  if (latest.event.kind === 'received' && frame.given !== null) return flight(before, frame, rank);
  return latest.event.kind === 'called'
    ? arrivals(frame, false)
    : rearrangement(at(before, rank), frame, rank);
}

/** Cells that are new, until it is known where they came from. */
function arrivals(frame: RankFrame, landing: boolean): RankJourney {
  const { count } = frame.held.arrangement.cells;
  return {
    fromRank: new Int16Array(count).fill(-1),
    fromCell: new Int32Array(count).fill(-1),
    landing,
  };
}

/** Cells that stay on their rank are followed by what they are; twins in order. */
function rearrangement(before: RankFrame, after: RankFrame, rank: number): RankJourney {
  const journey = arrivals(after, false);
  const was = before.held.arrangement.cells;
  const is = after.held.arrangement.cells;
  if (sameIds(was.id, is.id)) {
    journey.fromRank.fill(rank);
    journey.fromCell.forEach((_, cell) => {
      journey.fromCell[cell] = cell;
    });
    return journey;
  }
  // Of each id the first cell, and of each cell the next one of its id.
  const first = new Map<number, number>();
  const next = new Int32Array(was.count);
  for (let cell = was.count - 1; cell >= 0; cell--) {
    const id = was.id[cell] ?? 0;
    next[cell] = first.get(id) ?? -1;
    first.set(id, cell);
  }
  for (let cell = 0; cell < is.count; cell++) {
    const id = is.id[cell] ?? 0;
    const from = first.get(id) ?? -1;
    if (from < 0) continue;
    first.set(id, next[from] ?? -1);
    journey.fromRank[cell] = rank;
    journey.fromCell[cell] = from;
  }
  return journey;
}

function sameIds(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Cells that landed in a collective are followed by the messages' split sizes, piece by piece. */
function flight(before: Frame, after: RankFrame, rank: number): RankJourney {
  const journey = arrivals(after, true);
  const offers = before.map((frame) => offerIn(frame.state.latest?.event));
  const { expects, collective } = at(offers, rank);
  const isList = collective.kind === 'all_to_all';
  const cellHere = cellFinder(after.held.arrangement);
  let end = 0;
  for (const [source, count] of expects.entries()) {
    const first = end;
    if (!isList) end += count;
    if (count === 0) continue;
    const cellThere = cellFinder(at(before, source).held.arrangement);
    const sent = isList ? 0 : at(startsOf(at(offers, source)), rank);
    for (let within = 0; within < count; within++) {
      const cell = cellHere(isList ? source : 0, first + within);
      if (cell < 0 || (journey.fromRank[cell] ?? -1) >= 0) continue;
      const there = cellThere(isList ? rank : 0, sent + within);
      if (there < 0) continue;
      journey.fromRank[cell] = source;
      journey.fromCell[cell] = there;
    }
  }
  return journey;
}

/** For each rank, the place in what a rank sends at which that one's piece begins. */
const startsOf = memoized(({ sends }: Offered) => {
  let end = 0;
  return sends.map((count) => {
    end += count;
    return end - count;
  });
});

type Offered = Extract<RankEvent, { kind: 'offered' }>;

function offerIn(event: RankEvent | undefined): Offered {
  if (event?.kind !== 'offered') throw new Error('invariant broken: pieces land after an offer');
  return event;
}
