import { at } from '../../base/assert.ts';
import { memoized, memoizedByAll } from '../../base/memo.ts';
import { finish, type Steps } from '../../base/steps.ts';
import { batchDimOf, sizesOf } from '../../core/contract/contract.ts';
import type { RankEvent, TensorRef } from '../../core/recording/event.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import { type RankState, rankStateAt, stateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { arrange } from './arrange.ts';
import type { Arrangement } from './cells.ts';
import { arrangeMemory, stripOf } from './memory.ts';

/** An arrangement at its place in a card, in cells from the left of the card's inside. */
export interface Part {
  readonly arrangement: Arrangement;
  readonly x: number;
}

/** What a rank's card shows at a tick. */
export interface RankFrame {
  readonly state: RankState;
  /** What the rank holds. */
  readonly held: Part;
  /** What was given away or copied in this tick, to be seen fading. */
  readonly given: Part | null;
  /** Dashed places where pieces are awaited. */
  readonly awaited: Part | null;
  /** The size of everything together. */
  readonly width: number;
  readonly height: number;
}

export type Frame = readonly RankFrame[];

/** The space between what is sent and where it lands, in cells. */
export const LANDING_GAP = 1.6;

const framesOf = memoized((_: Trace) => new Map<string, Frame>());

/** The frame of a tick, kept for as long as the trace is. */
export function frameAt(trace: Trace, tick: Tick, picture: Picture): Frame {
  return finish(frameInSteps(trace, tick, picture));
}

/** The same in steps of a rank each: a list has a piece for each of its peers. */
export function* frameInSteps(trace: Trace, tick: Tick, picture: Picture): Steps<Frame> {
  const frames = framesOf(trace);
  const key = `${picture} ${tick}`;
  const known = frames.get(key);
  if (known !== undefined) return known;
  const frame: RankFrame[] = [];
  for (const [rank, state] of stateAt(trace, tick).entries()) {
    frame.push(rankFrame(trace, rank, state, tick, picture));
    yield;
  }
  frames.set(key, frame);
  return frame;
}

function rankFrame(
  trace: Trace,
  rank: number,
  state: RankState,
  tick: Tick,
  picture: Picture,
): RankFrame {
  const shows = shownBy(trace, rank, state, tick);
  return picture === 'heads'
    ? sentBesideLanding(state, shows, (refs) =>
        headsArrangement(refs, trace, rank, state.latest?.call ?? 0),
      )
    : atOnePlace(state, shows, (refs) => memoryArrangement(refs, trace, rank));
}

/** The tensors that a card shows. */
export interface Shows {
  readonly held: readonly TensorRef[];
  /** What was sent in the collective of this tick. */
  readonly sent: readonly TensorRef[] | null;
  /** What was held before a copy was made in this tick. */
  readonly copied: readonly TensorRef[] | null;
  readonly awaited: readonly TensorRef[] | null;
}

export function shownBy(
  trace: Trace,
  rank: number,
  { latest, holding }: RankState,
  tick: Tick,
): Shows {
  const nothing = { held: holding, sent: null, copied: null, awaited: null };
  if (latest === null) return nothing;
  const lane = at(trace.lanes, rank);
  const { event, index } = latest;
  const before: RankEvent | undefined = lane[index - 1]?.event;
  const after: RankEvent | undefined = lane[index + 1]?.event;
  // A collective of numbers moves no tensor.
  if (event.kind === 'offered' && after?.kind === 'received' && after.outputs.length > 0) {
    return { ...nothing, awaited: after.outputs };
  }
  if (event.kind === 'received' && before?.kind === 'offered' && event.outputs.length > 0) {
    return { ...nothing, sent: before.inputs };
  }
  const copies = event.kind === 'local' && event.moved && latest.tick === tick;
  return copies ? { ...nothing, copied: rankStateAt(trace, rank, tick - 1).holding } : nothing;
}

/** Heads × sequence: what is sent stands to the left of where it lands. */
function sentBesideLanding(
  state: RankState,
  { held, sent, awaited }: Shows,
  arranged: (refs: readonly TensorRef[]) => Arrangement,
): RankFrame {
  const left = arranged(sent ?? held);
  const landing = sent === null ? awaited : held;
  const right = landing === null ? null : arranged(landing);
  const x = landingAt(left);
  const leftPart = { arrangement: left, x: 0 };
  const rightPart = right && { arrangement: right, x };
  return {
    state,
    held: sent === null || rightPart === null ? leftPart : rightPart,
    given: sent === null ? null : leftPart,
    awaited: sent === null ? rightPart : null,
    ...sizeBeside(left, right),
  };
}

/** How far to the right pieces land beside what is sent, in cells. */
function landingAt({ width }: Size): number {
  return width > 0 ? width + LANDING_GAP : 0;
}

/** The size of what is sent with what lands beside it. */
export function sizeBeside(left: Size, right: Size | null): Size {
  return {
    width: right === null ? left.width : landingAt(left) + right.width,
    height: Math.max(left.height, right?.height ?? 0),
  };
}

/** Memory: every storage has a place of its own in the card. */
function atOnePlace(
  state: RankState,
  { held, sent, copied, awaited }: Shows,
  arranged: (refs: readonly TensorRef[]) => Arrangement,
): RankFrame {
  const part = (refs: readonly TensorRef[]): Part => ({ arrangement: arranged(refs), x: 0 });
  const left = sent ?? copied;
  const parts = {
    held: part(held),
    given: left && part(left),
    awaited: awaited && part(awaited),
  };
  const all = [parts.held, parts.given, parts.awaited].filter((one) => one !== null);
  return {
    state,
    ...parts,
    width: Math.max(...all.map(({ arrangement }) => arrangement.width)),
    height: Math.max(...all.map(({ arrangement }) => arrangement.height)),
  };
}

/** Ranks that did the same may share a list of tensors, in which each has its own elements. */
const headsArrangement = memoizedByAll(
  (refs: readonly TensorRef[], { recording }: Trace, rank: number, callIndex: number) => {
    const c = recording.contract;
    const call = at(c.calls, callIndex);
    const tensors = refs.map((ref) => ({
      shape: ref.shape,
      ids: elementsOf(at(recording.ranks, rank), ref),
    }));
    return arrange(tensors, sizesOf(c, call), batchDimOf(c));
  },
);

const memoryArrangement = memoizedByAll(
  (refs: readonly TensorRef[], trace: Trace, rank: number): Arrangement => {
    const { strip, lines, pieces } = stripFor(trace, rank, refs);
    return arrangeMemory(at(trace.recording.ranks, rank), refs, strip, lines, pieces);
  },
);

/** How the strips of a rank that holds `refs` are drawn: see `arrangeMemory`. */
export function stripFor(trace: Trace, rank: number, refs: readonly TensorRef[]) {
  const strip = stripOf(trace);
  const pieces = piecesOf(at(trace.lanes, rank)).get(refs) ?? null;
  return { strip, lines: at(strip.lines, rank), pieces };
}

/** The lists of tensors that went into a collective or came out of it: the elements of each piece. */
const piecesOf = memoized((lane: Trace['lanes'][number]) => {
  const pieces = new Map<readonly TensorRef[], readonly number[]>();
  lane.forEach(({ event }, index) => {
    if (event.kind !== 'offered') return;
    pieces.set(event.inputs, event.sends);
    const after = lane[index + 1]?.event;
    if (after?.kind === 'received') pieces.set(after.outputs, event.expects);
  });
  return pieces;
});
