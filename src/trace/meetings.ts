import { memoized } from '../base/memo.ts';
import type { Rank } from '../core/recording/event.ts';
import type { PlacedEvent, Tick, Trace } from './trace.ts';

/** One collective, as the ranks came to it and went on from it. */
export interface Meeting {
  readonly call: number;
  /** Each rank's offer, null for a rank that never came. */
  readonly offers: readonly (PlacedEvent | null)[];
  /** What came of each rank's offer: the landing, or what went wrong. */
  readonly outcomes: readonly (PlacedEvent | null)[];
}

/** All collectives of a trace in order. A rank's n-th offer in a call is to the call's n-th one. */
export const meetingsOf = memoized((trace: Trace): readonly Meeting[] => {
  const worldSize = trace.lanes.length;
  const meetings = new Map<string, { call: number; offers: Slots; outcomes: Slots }>();
  trace.lanes.forEach((lane, rank) => {
    let call = -1;
    let round = 0;
    lane.forEach((placed, index) => {
      if (placed.event.kind !== 'offered') return;
      round = placed.call === call ? round + 1 : 0;
      call = placed.call;
      const key = `${call} ${round}`;
      const meeting = meetings.get(key) ?? {
        call,
        offers: new Array<PlacedEvent | null>(worldSize).fill(null),
        outcomes: new Array<PlacedEvent | null>(worldSize).fill(null),
      };
      meetings.set(key, meeting);
      meeting.offers[rank] = placed;
      meeting.outcomes[rank] = lane[index + 1] ?? null;
    });
  });
  return [...meetings.values()].toSorted((a, b) => startOf(a.offers) - startOf(b.offers));
});

type Slots = (PlacedEvent | null)[];

function startOf(offers: Slots): Tick {
  return Math.min(...offers.map((offer) => offer?.tick ?? Number.POSITIVE_INFINITY));
}

/** Elements on their way: they leave with the sender's offer and land with the receiver's landing. */
export interface Message {
  readonly from: Rank;
  readonly to: Rank;
  readonly left: Tick;
  readonly landed: Tick;
  readonly elements: number;
}

/**
 * The messages of a meeting between different ranks, those of no elements left out; of one rank's
 * alone, what it sends and what it is sent.
 */
export function messagesOf({ offers, outcomes }: Meeting, of: Rank | null = null): Message[] {
  const messages: Message[] = [];
  const add = (from: Rank, to: Rank) => {
    const offer = offers[from];
    const outcome = outcomes[to];
    if (offer?.event.kind !== 'offered' || outcome?.event.kind !== 'received') return;
    const elements = offer.event.sends[to] ?? 0;
    if (from === to || elements === 0) return;
    messages.push({ from, to, left: offer.tick, landed: outcome.tick, elements });
  };
  for (const [rank] of offers.entries()) {
    if (of === null) for (const [to] of offers.entries()) add(rank, to);
    else {
      add(of, rank);
      add(rank, of);
    }
  }
  return messages;
}

/** A rank that has made its offer and can do nothing until others have made theirs. */
export interface Wait {
  readonly rank: Rank;
  /** The tick of the offer. */
  readonly since: Tick;
  /** The tick in which it ends; null: never. */
  readonly until: Tick | null;
  /** Whom it waits for. */
  readonly peers: readonly Rank[];
}

/** All waits of a trace. An offer that the last to come makes waits for nobody. */
export const waitsOf = memoized((trace: Trace): readonly Wait[] =>
  meetingsOf(trace).flatMap(({ offers, outcomes }) =>
    offers.flatMap((offer, rank): Wait[] => {
      const outcome = outcomes[rank];
      if (offer === null || outcome == null) return [];
      const since = offer.tick;
      const { event, tick } = outcome;
      if (event.kind === 'abandoned') return [{ rank, since, until: null, peers: event.by }];
      if (event.kind === 'astray') {
        const own = offer.event.kind === 'offered' ? offer.event.collective.kind : null;
        const peers = event.collectives.flatMap((kind, peer) => (kind === own ? [] : [peer]));
        return [{ rank, since, until: null, peers }];
      }
      if (tick <= since + 1) return [];
      const peers = offers.flatMap((other, peer) =>
        other !== null && other.tick > since ? [peer] : [],
      );
      return [{ rank, since, until: tick, peers }];
    }),
  ),
);
