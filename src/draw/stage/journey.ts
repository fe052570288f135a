import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { range } from '../../base/numbers.ts';
import { finish, type Steps } from '../../base/steps.ts';
import type { Picture } from '../../store/view.ts';
import { type CameFrom, cameFrom } from '../../trace/came-from.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { type Arrangement, type Cells, cellOf } from './cells.ts';
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
  const wayOf = cameFrom(trace, tick);
  const ranks: RankJourney[] = [];
  for (const [rank, frame] of after.entries()) {
    const { latest } = frame.state;
    const landing =
      latest?.tick === tick && latest.event.kind === 'received' && frame.given !== null;
    ranks.push(rankJourney(before, frame, rank, landing, (tensor) => wayOf(rank, tensor)));
    yield;
  }
  const moves = after.some((frame, rank) => {
    const was = at(before, rank);
    return frame.held.arrangement !== was.held.arrangement || frame.width !== was.width;
  });
  return { before, after, ranks, collective: ranks.some(({ landing }) => landing), moves };
}

function rankJourney(
  before: Frame,
  after: RankFrame,
  rank: number,
  landing: boolean,
  wayOf: (tensor: number) => CameFrom,
): RankJourney {
  const { cells, tensors } = after.held.arrangement;
  if (after.state.holding === at(before, rank).state.holding) return allStay(rank, cells.count);
  const ways = tensors.map((_, tensor) => wayOf(tensor));
  const fromRank = new Int16Array(cells.count).fill(-1);
  const fromCell = new Int32Array(cells.count).fill(-1);
  const stayed = stayingIn(at(before, rank).held.arrangement);
  const found = { rank, tensor: 0, place: 0 };
  for (let cell = 0; cell < cells.count; cell++) {
    const place = at(cells.place, cell);
    let source = -1;
    if (place < 0) {
      found.rank = rank;
      source = stayed(cells, cell);
    } else if (at(ways, at(cells.tensor, cell))(place, found)) {
      source = cellOf(at(before, found.rank).held.arrangement, found.tensor, found.place);
    }
    if (source < 0) continue;
    fromRank[cell] = found.rank;
    fromCell[cell] = source;
  }
  return { fromRank, fromCell, landing };
}

/** Of a rank that holds what it held: every cell is where it was. */
function allStay(rank: number, count: number): RankJourney {
  return {
    fromRank: new Int16Array(count).fill(rank),
    fromCell: Int32Array.from({ length: count }, (_, cell) => cell),
    landing: false,
  };
}

/** A slot of memory where no tensor looks stays where it is; -1 for one that was not shown. */
function stayingIn({ cells: was }: Arrangement): (cells: Cells, cell: number) => number {
  let known: Map<string, number> | null = null;
  const slotOf = ({ x, y, id }: Cells, cell: number) => `${x[cell]} ${y[cell]} ${id[cell]}`;
  return (cells, cell) => {
    known ??= new Map(range(was.count).map((one) => [slotOf(was, one), one]));
    return known.get(slotOf(cells, cell)) ?? -1;
  };
}
