import { assert, at } from '../base/assert.ts';
import { flowOf } from './flow.ts';
import type { HeldElement } from './origin.ts';
import { rankStateAt } from './state.ts';
import { type Made, stepBack } from './step-back.ts';
import type { Tick, Trace } from './trace.ts';

/** Where an element is held, to be written. */
type Found = { -readonly [Key in keyof HeldElement]: HeldElement[Key] };

/** Where the element at a place was held, put into `found`; false where no rank held it. */
export type CameFrom = (place: number, found: Found) => boolean;

/**
 * Where the elements that ranks hold in the moment of a tick were held in the moment before: for a
 * tensor of a rank's list, its places. The steps are those by which any way of any element is followed
 * (`provenance.ts`), as many as the tick has events on its way.
 */
export function cameFrom(trace: Trace, tick: Tick): (rank: number, tensor: number) => CameFrom {
  const before = trace.lanes.map((_, rank) => memoOf(() => heldBy(trace, rank, tick - 1)));
  const ways = new Map<number, CameFrom>();
  const wayFrom = (made: Made): CameFrom => {
    const key = keyOf(made);
    const known = ways.get(key);
    if (known !== undefined) return known;
    const { rank, event } = made;
    const way =
      at(at(trace.lanes, rank), event).tick < tick
        ? stays(rank, at(before, rank)().get(key))
        : goneBack(trace, made, wayFrom);
    ways.set(key, way);
    return way;
  };
  return (rank, tensor) => {
    const { holding, latest } = rankStateAt(trace, rank, tick);
    const made = latest && flowOf(trace, rank).makerOf(at(holding, tensor), latest.index);
    assert(made !== null, 'what is held was made');
    return wayFrom({ rank, ...made });
  };
}

/** What was made earlier stood where it stands, in the list at that time. */
function stays(rank: number, tensor: number | undefined): CameFrom {
  if (tensor === undefined) return () => false;
  return (place, found) => {
    found.rank = rank;
    found.tensor = tensor;
    found.place = place;
    return true;
  };
}

/** A step back, and on from there. */
function goneBack(trace: Trace, made: Made, wayFrom: (made: Made) => CameFrom): CameFrom {
  const back = stepBack(trace, made);
  const spot = { ...made, place: 0 };
  return (place, found) => back(place, spot) && wayFrom(spot)(spot.place, found);
}

/** By the tensors that a rank holds in a moment, where they stand in its list. */
function heldBy(trace: Trace, rank: number, tick: Tick): ReadonlyMap<number, number> {
  const { holding, latest } = rankStateAt(trace, rank, tick);
  const places = new Map<number, number>();
  if (latest === null) return places;
  holding.forEach((ref, tensor) => {
    const made = flowOf(trace, rank).makerOf(ref, latest.index);
    assert(made !== null, 'what is held was made');
    const key = keyOf({ rank, ...made });
    if (!places.has(key)) places.set(key, tensor);
  });
  return places;
}

/** More than there are events on a rank, and tensors that an event makes. */
const MOST_EVENTS = 2 ** 20;
const MOST_TENSORS = 2 ** 16;

/** A number for each tensor that is made, as there is one question for each cell that is drawn. */
function keyOf({ rank, event, tensor }: Made): number {
  return (rank * MOST_EVENTS + event) * MOST_TENSORS + tensor;
}

function memoOf<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
