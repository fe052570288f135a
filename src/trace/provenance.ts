import { assert, at } from '../base/assert.ts';
import { memoized } from '../base/memo.ts';
import { type Coordinates, coordinates } from '../core/contract/case.ts';
import { sizesOf } from '../core/contract/contract.ts';
import type { TensorRef } from '../core/recording/event.ts';
import { elementAt } from '../core/recording/recorded-tensor.ts';
import { madeBy } from './event-kinds.ts';
import { flowOf } from './flow.ts';
import { afterLocal, indexOf } from './local-map.ts';
import { type HeldElement, landingOf } from './origin.ts';
import { isHeld, rankStateAt } from './state.ts';
import { offersFor, type Spot, stepBack } from './step-back.ts';
import type { PlacedEvent, Tick, Trace } from './trace.ts';

/**
 * Where an element came from and where it goes: through every operation of a rank, over the
 * collectives, from pass to pass. Nothing is looked for by its id; each step follows from what the
 * operation was asked to do, so that elements of the same id are never mistaken for one another.
 *
 *   called ─ reshape ─ permute ─ contiguous ─ offered ⇢ received ─ … ─ returned ─ called (pass 2) …
 *      └ repeat_interleave makes twins, each with a way of its own
 */
export interface Journey {
  /** What the element is; null for padding and for memory that nothing was written to. */
  readonly element: Coordinates | null;
  readonly id: number;
  /** The call that its way begins in. */
  readonly call: number;
  /** In causal order: how it came to where it was picked, where it goes, and the ways of its twins. */
  readonly hops: readonly Hop[];
  readonly trace: Trace;
}

/** One event of an element's way, and where the element stands once it has happened. */
export interface Hop extends HeldElement {
  readonly tick: Tick;
  readonly placed: PlacedEvent;
  /** Which of the tensors that the event makes it stands in; that tensor, and its indices there. */
  readonly made: number;
  readonly ref: TensorRef;
  readonly index: readonly number[];
  /** Whether the element was copied to another place in memory. */
  readonly moved: boolean;
  /** The rank that sent it, where it came from another one. */
  readonly sender: number | null;
  /** Whether it is on the way of the element that was picked, not of a twin. */
  readonly own: boolean;
}

/** The whole way of the element at `from`; null where no rank holds an element there. */
export function journeyOf(
  trace: Trace,
  from: HeldElement & { readonly tick: Tick },
): Journey | null {
  const picked = spotOf(trace, from);
  if (picked === null) return null;
  const back = [picked];
  for (;;) {
    const before = spotBefore(trace, at(back, 0));
    if (before === null) break;
    back.unshift(before);
  }
  const root = at(back, 0);
  const own = reach(trace, [picked], new Map(back.map((spot) => [keyOf(spot), spot])));
  const all = reach(trace, [root], new Map());
  const { event, call } = placedAt(trace, root);
  const id = elementAt(at(trace.recording.ranks, root.rank), refOf(trace, root), root.place);
  const c = trace.recording.contract;
  return {
    element: event.kind === 'called' ? coordinates(sizesOf(c, at(c.calls, call)), id) : null,
    id,
    call,
    hops: [...all.entries()]
      .map(([key, spot]) => hopAt(trace, spot, own.has(key)))
      .toSorted(
        (a, b) => a.tick - b.tick || a.rank - b.rank || a.tensor - b.tensor || a.place - b.place,
      ),
    trace,
  };
}

/**
 * Where the element is in the moment of `tick`: nowhere, in one place, or in several as twins; or
 * only the one that was picked, or its twins.
 */
export function whereAt(
  journey: Journey,
  tick: Tick,
  which: 'all' | 'own' | 'twins' = 'all',
): readonly HeldElement[] {
  const { trace } = journey;
  const places = hopsByPort(journey);
  return [...places.keys()].flatMap((rank) => {
    const { holding, latest } = rankStateAt(trace, rank, tick);
    if (latest === null) return [];
    return holding.flatMap((ref, tensor) => {
      const maker = flowOf(trace, rank).makerOf(ref, latest.index);
      const known = maker === null ? undefined : places.get(rank)?.get(portKey(maker));
      return (known ?? [])
        .filter(({ own }) => which === 'all' || own === (which === 'own'))
        .map(({ place }) => ({ rank, tensor, place }));
    });
  });
}

/** By rank and by the tensor that an event made: how the element came to stand in it. */
const hopsByPort = memoized((journey: Journey) => {
  const ranks = new Map<number, Map<string, Hop[]>>();
  for (const hop of journey.hops) {
    const ports = ranks.get(hop.rank) ?? new Map<string, Hop[]>();
    ranks.set(hop.rank, ports);
    const key = portKey({ event: hop.placed.index, tensor: hop.made });
    ports.set(key, [...(ports.get(key) ?? []), hop]);
  }
  return ranks;
});

function spotOf(trace: Trace, from: HeldElement & { readonly tick: Tick }): Spot | null {
  if (!isHeld(trace, from)) return null;
  const { holding, latest } = rankStateAt(trace, from.rank, from.tick);
  if (latest === null) return null;
  const ref = at(holding, from.tensor);
  const maker = flowOf(trace, from.rank).makerOf(ref, latest.index);
  assert(maker !== null, 'what is held was made');
  return { rank: from.rank, ...maker, place: from.place };
}

function spotBefore(trace: Trace, from: Spot): Spot | null {
  const spot = { ...from };
  return stepBack(trace, from)(from.place, spot) ? spot : null;
}

function spotsAfter(trace: Trace, spot: Spot): Spot[] {
  const { rank, event: number, tensor, place } = spot;
  const lane = at(trace.lanes, rank);
  const users = at(at(flowOf(trace, rank).users, number), tensor);
  const local = users.flatMap((user) => {
    const { event } = at(lane, user.event);
    const slots =
      event.kind === 'local'
        ? afterLocal(event, { tensor: user.tensor, place })
        : [{ tensor: user.tensor, place }];
    return slots.map((slot): Spot => ({ rank, event: user.event, ...slot }));
  });
  if (at(lane, number).event.kind !== 'offered') return local;
  if (lane[number + 1]?.event.kind !== 'received') return local;
  const offers = offersFor(trace, rank, number);
  const landed = landingOf(
    offers.map(({ event: offer }) => offer),
    { rank, tensor, place },
  );
  if (landed === null) return local;
  return [...local, { ...landed, event: at(offers, landed.rank).index + 1 }];
}

/** Everything that can be reached from `first`, added to what is known already. */
function reach(trace: Trace, first: readonly Spot[], known: Map<string, Spot>): Map<string, Spot> {
  const next = [...first];
  for (let spot = next.pop(); spot !== undefined; spot = next.pop()) {
    known.set(keyOf(spot), spot);
    next.push(...spotsAfter(trace, spot));
  }
  return known;
}

function hopAt(trace: Trace, spot: Spot, own: boolean): Hop {
  const { rank, event: number, tensor, place } = spot;
  const placed = placedAt(trace, spot);
  const ref = refOf(trace, spot);
  const { event, tick } = placed;
  const { holding, latest } = rankStateAt(trace, rank, tick);
  const held = holding.findIndex((one) => {
    const maker = flowOf(trace, rank).makerOf(one, latest?.index ?? number);
    return maker?.event === number && maker.tensor === tensor;
  });
  const source = event.kind === 'received' ? spotBefore(trace, spot) : null;
  assert(held >= 0, 'what an event makes is held in its moment');
  return {
    tick,
    rank,
    tensor: held,
    place,
    placed,
    made: tensor,
    ref,
    index: indexOf(ref.shape, place),
    moved: event.kind === 'received' || (event.kind === 'local' && event.moved),
    sender: source === null || source.rank === rank ? null : source.rank,
    own,
  };
}

function placedAt(trace: Trace, { rank, event }: Spot): PlacedEvent {
  return at(at(trace.lanes, rank), event);
}

function refOf(trace: Trace, spot: Spot): TensorRef {
  return at(madeBy(placedAt(trace, spot).event), spot.tensor);
}

function keyOf({ rank, event, tensor, place }: Spot): string {
  return `${rank} ${event} ${tensor} ${place}`;
}

function portKey({ event, tensor }: { readonly event: number; readonly tensor: number }): string {
  return `${event} ${tensor}`;
}
