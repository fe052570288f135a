import { assert, at } from '../base/assert.ts';
import { memoized, memoizedByIndex } from '../base/memo.ts';
import type { EventOf } from './event-kind.ts';
import { flowOf } from './flow.ts';
import { backThrough } from './local-map.ts';
import { meetingsOf } from './meetings.ts';
import { type HeldElement, originOf } from './origin.ts';
import type { Trace } from './trace.ts';

/** A tensor that an event made, by the rank and the index of that event. */
export interface Made {
  readonly rank: number;
  readonly event: number;
  readonly tensor: number;
}

/** An element in it: what the way of an element is followed by. */
export interface Spot extends Made {
  readonly place: number;
}

/** Where the element at a place stood before, put into `spot`; false where its way begins. */
type StepBack = (place: number, spot: { -readonly [Key in keyof Spot]: Spot[Key] }) => boolean;

/**
 * One step back from the elements of a tensor: to what the event took that made it, on this rank or on
 * the one that sent it. Whoever asks where an element came from goes by these steps.
 */
export function stepBack(trace: Trace, { rank, event: index, tensor }: Made): StepBack {
  const { event } = at(at(trace.lanes, rank), index);
  if (event.kind === 'received') return overCollective(trace, rank, index, tensor);
  const makers = at(flowOf(trace, rank).takes, index);
  const back = event.kind === 'local' ? backThrough(event, tensor) : null;
  const taken = { tensor, place: 0 };
  return (place, spot) => {
    taken.place = place;
    if (back?.(place, taken) === false) return false;
    const maker = makers[taken.tensor];
    if (maker === undefined) return false;
    spot.rank = rank;
    spot.event = maker.event;
    spot.tensor = maker.tensor;
    spot.place = taken.place;
    return true;
  };
}

/** Piece by piece, by the split sizes. */
function overCollective(trace: Trace, rank: number, index: number, tensor: number): StepBack {
  const offers = offersFor(trace, rank, index - 1);
  const pieces = at(piecesOf(offers, rank), tensor);
  return (place, spot) => {
    const piece = pieces.find(({ end }) => place < end);
    assert(piece !== undefined, 'every place is filled by a piece');
    spot.rank = piece.from.rank;
    spot.event = at(offers, spot.rank).index;
    spot.tensor = piece.from.tensor;
    spot.place = piece.from.place + place - piece.start;
    return true;
  };
}

/** What landed from one rank: the places that it fills, and where the first of them stood. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly from: HeldElement;
}

/** Of each tensor in which pieces landed on a rank, its pieces in order. */
const piecesOf = memoizedByIndex(
  (offers: readonly PlacedOffer[], rank: number): readonly (readonly Piece[])[] => {
    const events = offers.map(({ event }) => event);
    const { expects, collective } = at(events, rank);
    const pieceAt = (tensor: number, start: number, count: number): Piece[] => {
      if (count === 0) return [];
      return [
        { start, end: start + count, from: originOf(events, { rank, tensor, place: start }) },
      ];
    };
    if (collective.kind === 'all_to_all') {
      return expects.map((count, tensor) => pieceAt(tensor, 0, count));
    }
    let end = 0;
    const pieces = expects.flatMap((count) => {
      end += count;
      return pieceAt(0, end - count, count);
    });
    return [pieces];
  },
);

/** A rank's offer to a collective, and its index among the rank's events. */
interface PlacedOffer {
  readonly event: EventOf<'offered'>;
  readonly index: number;
}

/** All ranks' offers to each collective in which pieces landed, by rank and by the index of its own. */
const offersByRank = memoized((trace: Trace) => {
  const ranks: Map<number, readonly PlacedOffer[]>[] = trace.lanes.map(() => new Map());
  for (const { offers } of meetingsOf(trace)) {
    const placed = offers.flatMap((offer): PlacedOffer[] =>
      offer?.event.kind === 'offered' ? [{ event: offer.event, index: offer.index }] : [],
    );
    if (placed.length < trace.lanes.length) continue;
    placed.forEach(({ index }, rank) => {
      at(ranks, rank).set(index, placed);
    });
  }
  return ranks;
});

/** All ranks' offers to the collective to which a rank made the offer at `index`. */
export function offersFor(trace: Trace, rank: number, index: number): readonly PlacedOffer[] {
  const offers = at(offersByRank(trace), rank).get(index);
  assert(offers !== undefined, 'pieces land where every rank has made its offer');
  return offers;
}
