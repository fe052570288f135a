import { at } from '../base/assert.ts';
import { sameNumbers } from '../base/numbers.ts';
import type { RankEvent, TensorRef } from '../engine/event.ts';
import type { PlacedEvent, Tick, Trace } from './trace.ts';

/** What one rank is doing, and what it holds. */
export interface RankState {
  /** The tensors that the program works on: one, or a list of pieces. */
  readonly holding: readonly TensorRef[];
  readonly status: RankStatus;
  /** The last event at or before the tick, null before the first. */
  readonly latest: PlacedEvent | null;
  /** The process-wide head count, null while unset. */
  readonly numKvHeads: number | null;
}

export type RankStatus = 'working' | 'waiting' | 'returned' | 'raised' | 'stuck' | 'lost';

/** All ranks' states once everything of `tick` has happened; the same whichever way one comes. */
export function stateAt(trace: Trace, tick: Tick): readonly RankState[] {
  return trace.lanes.map((lane, rank) => {
    const states = statesOf(trace, rank);
    const last = lastAtOrBefore(lane, tick);
    return last < 0 ? BEFORE : at(states, last);
  });
}

const BEFORE: RankState = { holding: [], status: 'working', latest: null, numKvHeads: null };

/** The index of the last event at or before `tick`, or -1. */
function lastAtOrBefore(lane: readonly PlacedEvent[], tick: Tick): number {
  let low = 0;
  let high = lane.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(lane, middle).tick <= tick) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const known = new WeakMap<Trace, (readonly RankState[])[]>();

/** A rank's state after each of its events. Neighbouring states share what did not change. */
function statesOf(trace: Trace, rank: number): readonly RankState[] {
  const lanes = known.get(trace) ?? trace.lanes.map(replay);
  known.set(trace, lanes);
  return at(lanes, rank);
}

function replay(lane: readonly PlacedEvent[]): RankState[] {
  let state = BEFORE;
  return lane.map((placed) => {
    state = { ...advance(state, placed.event), latest: placed };
    return state;
  });
}

function advance(state: RankState, event: RankEvent): RankState {
  switch (event.kind) {
    case 'called':
      return {
        ...state,
        holding: [event.input],
        status: 'working',
        numKvHeads: event.numKvHeads,
      };
    case 'local':
      return event.inputs.length === 0
        ? state
        : { ...state, holding: replaced(state.holding, event.inputs, event.outputs) };
    case 'decided':
    case 'guarded':
      return state;
    case 'remembered':
      return { ...state, numKvHeads: event.after };
    case 'offered':
      return { ...state, holding: heldAfter(state, event.inputs), status: 'waiting' };
    case 'received':
      return { ...state, holding: heldAfter(state, event.outputs), status: 'working' };
    case 'attended':
      return state;
    case 'lost':
      return { ...state, status: 'lost' };
    case 'mismatched':
    case 'abandoned':
    case 'astray':
      return { ...state, status: 'stuck' };
    case 'raised':
      return { ...state, status: 'raised' };
    case 'returned':
      return { ...state, holding: [event.output], status: 'returned' };
  }
}

/** A collective of numbers moves no tensor. */
function heldAfter(state: RankState, tensors: readonly TensorRef[]): readonly TensorRef[] {
  return tensors.length === 0 ? state.holding : tensors;
}

/** The list with `inputs` taken out and `outputs` put where the first of them stood. */
function replaced(
  holding: readonly TensorRef[],
  inputs: readonly TensorRef[],
  outputs: readonly TensorRef[],
): readonly TensorRef[] {
  const first = holding.findIndex((held) => inputs.some((input) => sameRef(held, input)));
  if (first < 0) return outputs;
  const kept = (refs: readonly TensorRef[]) =>
    refs.filter((held) => !inputs.some((input) => sameRef(held, input)));
  return [...kept(holding.slice(0, first)), ...outputs, ...kept(holding.slice(first))];
}

export function sameRef(a: TensorRef, b: TensorRef): boolean {
  return (
    a.storage === b.storage &&
    a.offset === b.offset &&
    sameNumbers(a.shape, b.shape) &&
    sameNumbers(a.strides, b.strides)
  );
}
