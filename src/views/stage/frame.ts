import { at } from '../../base/assert.ts';
import { sizesOf } from '../../engine/case.ts';
import type { RankEvent, TensorRef } from '../../engine/event.ts';
import { elementsOf } from '../../engine/recorded-tensor.ts';
import { type RankState, stateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { type Arrangement, arrange } from './arrange.ts';

/** What a rank's card shows at a tick, in cells from the top left of the card's inside. */
export interface RankFrame {
  readonly state: RankState;
  /** What the rank holds. */
  readonly held: Arrangement;
  /** Where `held` begins: 0, or to the right of what was given away in a collective. */
  readonly shift: number;
  /** What was given away in the collective of this tick, to be seen fading. */
  readonly given: Arrangement | null;
  /** Dashed places, to the right of `held`, where pieces are awaited. */
  readonly awaited: Arrangement | null;
  /** The size of everything together. */
  readonly width: number;
  readonly height: number;
}

export type Frame = readonly RankFrame[];

/** The space between what is sent and where it lands, in cells. */
const LANDING_GAP = 1.6;

const frames = new WeakMap<Trace, Map<Tick, Frame>>();

/** The frame of a tick, kept for as long as the trace is. */
export function frameAt(trace: Trace, tick: Tick): Frame {
  const known = frames.get(trace) ?? new Map<Tick, Frame>();
  frames.set(trace, known);
  const frame = known.get(tick) ?? makeFrame(trace, tick);
  known.set(tick, frame);
  return frame;
}

function makeFrame(trace: Trace, tick: Tick): Frame {
  return stateAt(trace, tick).map((state, rank) => {
    const held = arrangementOf(trace, rank, state, state.holding);
    const event = state.latest?.event;
    if (event?.kind === 'offered') {
      const landing = landingAfter(trace, rank, state);
      const awaited = landing && arrangementOf(trace, rank, state, landing);
      return side(state, { held, awaited });
    }
    if (event?.kind === 'received' && state.latest !== null) {
      const offer = at(at(trace.lanes, rank), state.latest.index - 1).event;
      const inputs = offer.kind === 'offered' ? offer.inputs : [];
      return side(state, { held, given: arrangementOf(trace, rank, state, inputs) });
    }
    return side(state, { held });
  });
}

/** Sets what is sent to the left of where it lands. */
function side(
  state: RankState,
  parts: { held: Arrangement; given?: Arrangement; awaited?: Arrangement | null },
): RankFrame {
  const { held, given = null, awaited = null } = parts;
  const left = given ?? held;
  const right = given === null ? awaited : held;
  const shift = left.width + (left.width > 0 ? LANDING_GAP : 0);
  return {
    state,
    held,
    shift: given === null ? 0 : shift,
    given,
    awaited,
    width: right === null ? left.width : shift + right.width,
    height: Math.max(left.height, right?.height ?? 0),
  };
}

/** What the pieces that are awaited will be, where they come. */
function landingAfter(trace: Trace, rank: number, state: RankState): readonly TensorRef[] | null {
  if (state.latest === null) return null;
  const next: RankEvent | undefined = trace.lanes[rank]?.[state.latest.index + 1]?.event;
  return next?.kind === 'received' ? next.outputs : null;
}

const arrangements = new WeakMap<readonly TensorRef[], Arrangement>();

function arrangementOf(
  trace: Trace,
  rank: number,
  state: RankState,
  holding: readonly TensorRef[],
): Arrangement {
  const known = arrangements.get(holding);
  if (known !== undefined) return known;
  const { recording } = trace;
  const call = recording.case.calls[state.latest?.call ?? 0];
  if (call === undefined) throw new Error('invariant broken: a state belongs to a call');
  const tensors = holding.map((ref) => ({
    shape: ref.shape,
    ids: elementsOf(at(recording.ranks, rank), ref),
  }));
  const arrangement = arrange(tensors, sizesOf(recording.case, call));
  arrangements.set(holding, arrangement);
  return arrangement;
}

/** The largest card that the ticks from `first` to `last` ask for, in cells. */
export function extentOf(trace: Trace, first: Tick, last: Tick): { width: number; height: number } {
  let width = 1;
  let height = 1;
  for (let tick = first; tick <= last; tick++) {
    for (const card of frameAt(trace, tick)) {
      width = Math.max(width, card.width);
      height = Math.max(height, card.height);
    }
  }
  return { width, height };
}
