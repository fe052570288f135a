import { at } from '../../base/assert.ts';
import { type Coordinates, coordinates } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { truthOf } from '../../core/judge/truth.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { isAhead } from '../../core/recording/standstill.ts';
import { indexOf } from '../../trace/local-map.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { Hop, Journey } from '../../trace/provenance.ts';
import { stateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';

/** A place in what a rank returns. */
export interface ReturnedPlace {
  readonly rank: number;
  readonly index: readonly number[];
}

/** Where an element should be and where it is, when the call that the cursor is in returns. */
export interface Whereabouts {
  readonly call: number;
  /** Whether ranks that stand have still to come to the end of the call: it is not told then. */
  readonly ahead: boolean;
  /** Where it belongs, in several places as twins; empty where no rank should hold it. */
  readonly belongs: readonly ReturnedPlace[];
  /** Where this call returns it; null where it does not. */
  readonly returned: Hop | null;
  /** Whether it is returned where it belongs; null where it is not returned. */
  readonly right: boolean | null;
  /** Whose place it is returned in: itself, another, or null where that has no answer. */
  readonly instead: Resident | null;
}

/** The element that a place belongs to. */
export interface Resident {
  readonly id: number;
  readonly element: Coordinates;
}

/** Where an element is owed, where it is in a tick, and where it came back to. */
export function whereaboutsOf(journey: Journey, tick: Tick): Whereabouts {
  const { trace, id } = journey;
  const { recording } = trace;
  const own = journey.hops.filter((hop) => hop.own);
  const { call } = (own.findLast((hop) => hop.tick <= tick) ?? at(own, 0)).placed;
  const ahead = isAhead(recording, call);
  const truths = ahead ? [] : truthOf(recording, call);
  const belongs = truths.flatMap((shard, rank): ReturnedPlace[] =>
    shard === null || journey.element === null
      ? []
      : placesOf(shard.ids, id).map((place) => ({ rank, index: indexOf(shard.shape, place) })),
  );
  const returned =
    own.find(({ placed }) => placed.call === call && placed.event.kind === 'returned') ?? null;
  if (returned === null) return { call, ahead, belongs, returned, right: null, instead: null };
  const resident = truths[returned.rank]?.ids[returned.place];
  const sizes = sizesOf(recording.contract, at(recording.contract.calls, call));
  const instead =
    resident === undefined ? null : { id: resident, element: coordinates(sizes, resident) };
  return {
    call,
    ahead,
    belongs,
    returned,
    right: journey.element !== null && resident === id,
    instead,
  };
}

/** More copies of one element than anybody wants listed. */
const MOST_HELD = 8;

/** Where ranks hold an element of the tensor of `call` at a tick. */
export function heldAt(trace: Trace, tick: Tick, call: number, id: number): readonly HeldElement[] {
  const found: HeldElement[] = [];
  stateAt(trace, tick).forEach(({ holding, latest }, rank) => {
    if (latest?.call !== call) return;
    holding.forEach((ref, tensor) => {
      const ids = elementsOf(at(trace.recording.ranks, rank), ref);
      for (const place of placesOf(ids, id)) found.push({ rank, tensor, place });
    });
  });
  return found.slice(0, MOST_HELD);
}

function placesOf(ids: Int32Array, id: number): number[] {
  const places: number[] = [];
  for (let place = ids.indexOf(id); place >= 0; place = ids.indexOf(id, place + 1)) {
    places.push(place);
  }
  return places;
}
