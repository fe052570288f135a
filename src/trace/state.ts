import { at } from '../base/assert.ts';
import { memoizedByIndex } from '../base/memo.ts';
import { product, sameNumbers } from '../base/numbers.ts';
import type { Steps } from '../base/steps.ts';
import type { RankEvent, TensorRef } from '../core/recording/event.ts';
import type { RankStatus } from './event-kind.ts';
import { kindOf, madeBy, takenBy } from './event-kinds.ts';
import { type Flow, flowOf, keyOf, type Port } from './flow.ts';
import type { HeldElement } from './origin.ts';
import type { PlacedEvent, Tick, Trace } from './trace.ts';

/** What one rank is doing, and what it holds. */
export interface RankState {
  /**
   * The tensors that the program works on: one, or a list of pieces. What an operation took is held
   * on where it is used again; in a collective only what is exchanged is held.
   */
  readonly holding: readonly TensorRef[];
  readonly status: RankStatus;
  /** The last event at or before the tick, null before the first. */
  readonly latest: PlacedEvent | null;
  /** The process-wide head count, null while unset. */
  readonly numKvHeads: number | null;
}

/** All ranks' states once everything of `tick` has happened; the same whichever way one comes. */
export function stateAt(trace: Trace, tick: Tick): readonly RankState[] {
  return trace.lanes.map((_, rank) => rankStateAt(trace, rank, tick));
}

/** The same of one rank. */
export function rankStateAt(trace: Trace, rank: number, tick: Tick): RankState {
  const last = lastAtOrBefore(at(trace.lanes, rank), tick);
  return last < 0 ? BEFORE : at(statesOf(trace, rank), last);
}

/** Has all states of a trace known, a rank a step. */
export function* statesInSteps(trace: Trace): Steps<void> {
  for (const rank of trace.lanes.keys()) {
    statesOf(trace, rank);
    yield;
  }
}

const BEFORE: RankState = { holding: [], status: 'working', latest: null, numKvHeads: null };

/** Whether a rank of this run holds an element there, in the moment of `tick`. */
export function isHeld(
  trace: Trace,
  { tick, rank, tensor, place }: HeldElement & { readonly tick: Tick },
): boolean {
  if (trace.lanes[rank] === undefined || tick >= trace.ticks) return false;
  const held = rankStateAt(trace, rank, tick).holding[tensor];
  return held !== undefined && place >= 0 && place < product(held.shape);
}

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

/**
 * A rank's state after each of its events; where several are one tick, after all of them. Neighbouring
 * states share what did not change.
 */
const statesOf = memoizedByIndex((trace: Trace, rank: number): readonly RankState[] =>
  replay(at(trace.lanes, rank), flowOf(trace, rank)),
);

function replay(lane: readonly PlacedEvent[], flow: Flow): RankState[] {
  const states: RankState[] = [];
  let state = BEFORE;
  let held: readonly TensorRef[] = [];
  for (let start = 0; start < lane.length; start = states.length) {
    const { tick } = at(lane, start);
    let end = start + 1;
    while (lane[end]?.tick === tick) end += 1;
    const together = lane.slice(start, end);
    held = exchangedOneByOne(held, together, lane, flow) ?? inTurn(held, together, lane, flow);
    const latest = at(lane, end - 1);
    state = { ...advance(state, latest.event, held), latest };
    for (let event = start; event < end; event++) states.push(state);
  }
  return states;
}

/** What is held after some events, one after the other. */
function inTurn(
  held: readonly TensorRef[],
  events: readonly PlacedEvent[],
  lane: readonly PlacedEvent[],
  flow: Flow,
): readonly TensorRef[] {
  return events.reduce((list, placed) => heldAfter(list, placed, lane, flow), held);
}

/**
 * The same where each event puts one tensor in the place of one that it is the last to take, as where
 * all pieces of a list are made contiguous; null elsewhere. The list is not gone through for each.
 */
function exchangedOneByOne(
  held: readonly TensorRef[],
  events: readonly PlacedEvent[],
  lane: readonly PlacedEvent[],
  flow: Flow,
): readonly TensorRef[] | null {
  if (events.length === 1) return null;
  const places = new Map(held.map((ref, place) => [keyOf(ref), place]));
  if (places.size < held.length) return null;
  const after = [...held];
  for (const { event, index } of events) {
    if (event.kind !== 'local') return null;
    const [taken, ...others] = event.inputs;
    const [made, ...more] = event.outputs;
    if (taken === undefined || made === undefined || others.length + more.length > 0) return null;
    const key = keyOf(taken);
    const place = places.get(key);
    const isDone = !usedAfter(flow, lane, at(at(flow.takes, index), 0), index);
    if (place === undefined || !isDone) return null;
    // No later event of the tick finds it there any more.
    places.delete(key);
    after[place] = made;
  }
  return after;
}

function advance(state: RankState, event: RankEvent, held: readonly TensorRef[]): RankState {
  const kind = kindOf(event);
  const { exchanges, replaces, status } = kind.effect;
  return {
    ...state,
    holding: exchanges ? exchanged(madeBy(event), held) : replaces ? held : state.holding,
    status: status ?? state.status,
    numKvHeads: kind.headCount ? kind.headCount(event) : state.numKvHeads,
  };
}

/** A collective of numbers moves no tensor. */
function exchanged(
  tensors: readonly TensorRef[],
  held: readonly TensorRef[],
): readonly TensorRef[] {
  return tensors.length === 0 ? held : tensors;
}

/** Every tensor that the rank still has a use for. */
function heldAfter(
  held: readonly TensorRef[],
  { event, index }: PlacedEvent,
  lane: readonly PlacedEvent[],
  flow: Flow,
): readonly TensorRef[] {
  const { replaces } = kindOf(event).effect;
  if (replaces === undefined) return held;
  if (replaces === 'everything') return madeBy(event);
  const port = portsFor(replaces, index, flow);
  const taken = takenBy(at(lane, replaces === 'what it takes' ? index : index - 1).event);
  if (taken.length === 0) return held;
  const done = taken.filter((_, tensor) => !usedAfter(flow, lane, port(tensor), index));
  return replaced(held, taken, done, madeBy(event));
}

/** Who made what an event puts others in the place of, by its place in the list. */
function portsFor(
  replaces: 'what it takes' | 'what was offered',
  index: number,
  flow: Flow,
): (tensor: number) => Port {
  return replaces === 'what it takes'
    ? (tensor) => at(at(flow.takes, index), tensor)
    : (tensor) => ({ event: index - 1, tensor });
}

/** Whether a tensor is taken once more after the event at `index`, in the same call. */
function usedAfter(
  flow: Flow,
  lane: readonly PlacedEvent[],
  { event: maker, tensor }: Port,
  index: number,
): boolean {
  const { call } = at(lane, index);
  return at(at(flow.users, maker), tensor).some(
    ({ event }) => event > index && at(lane, event).call === call,
  );
}

/** The list without what is `done`, and `made` where the first of what was `taken` stood. */
function replaced(
  held: readonly TensorRef[],
  taken: readonly TensorRef[],
  done: readonly TensorRef[],
  made: readonly TensorRef[],
): readonly TensorRef[] {
  // A buffer in which nothing landed is not held; what is made of it stands behind what is.
  const found = held.findIndex((ref) => taken.some((one) => sameRef(ref, one)));
  const first = found < 0 ? held.length : found;
  const left = [...done];
  const kept = (refs: readonly TensorRef[]) =>
    refs.filter((ref) => {
      const gone = left.findIndex((one) => sameRef(ref, one));
      if (gone >= 0) left.splice(gone, 1);
      return gone < 0;
    });
  const before = kept(held.slice(0, first));
  return [...before, ...made, ...kept(held.slice(first))];
}

export function sameRef(a: TensorRef, b: TensorRef): boolean {
  return (
    a.storage === b.storage &&
    a.offset === b.offset &&
    sameNumbers(a.shape, b.shape) &&
    sameNumbers(a.strides, b.strides)
  );
}
