import { memoized } from '../../base/memo.ts';
import { sum } from '../../base/numbers.ts';
import type { Mismatch, Rank } from '../../core/recording/event.ts';
import { type Meeting, meetingsOf } from '../../trace/meetings.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';

/** What every rank sends to every other, against what that one expects. Counts are elements. */
export interface Splits {
  readonly worldSize: number;
  /** Each rank's counts; null for a rank that never came, or whose splits do not add up. */
  readonly sends: readonly (readonly number[] | null)[];
  readonly expects: readonly (readonly number[] | null)[];
  /** How many pairs disagree, and the first of them, source by source. */
  readonly disagreeing: number;
  readonly pairs: readonly Mismatch[];
  /** The largest count, for the width of a cell. */
  readonly largest: number;
}

/** More pairs than anybody reads; the rest is in the matrix. */
const MOST_PAIRS = 100;

export const splitsOf = memoized(({ offers }: Meeting): Splits => {
  const worldSize = offers.length;
  const counts = (side: 'sends' | 'expects') =>
    offers.map((offer) => {
      const own = offer?.event.kind === 'offered' ? offer.event[side] : [];
      return own.length === worldSize ? own : null;
    });
  const sends = counts('sends');
  const expects = counts('expects');
  const pairs: Mismatch[] = [];
  let disagreeing = 0;
  let largest = 0;
  sends.forEach((row, source) => {
    row?.forEach((sent, destination) => {
      const expected = expects[destination]?.[source];
      largest = Math.max(largest, sent, expected ?? 0);
      if (expected === undefined || expected === sent) return;
      disagreeing += 1;
      if (pairs.length < MOST_PAIRS) pairs.push({ source, destination, sent, expected });
    });
  });
  return { worldSize, sends, expects, disagreeing, pairs, largest };
});

/** The collective that a rank's event belongs to: it offers to it, or hears what came of it. */
export function meetingOf(trace: Trace, rank: Rank, { index }: PlacedEvent): Meeting | null {
  return (
    meetingsOf(trace).find(
      ({ offers, outcomes }) => offers[rank]?.index === index || outcomes[rank]?.index === index,
    ) ?? null
  );
}

/** What one rank sends and expects in all, in elements; `own` never leaves it. */
export interface Traffic {
  readonly sends: number;
  readonly expects: number;
  readonly own: number;
}

/** In elements; null of a rank that never came to the collective. */
export function trafficOf({ sends, expects }: Splits, rank: Rank): Traffic | null {
  const out = sends[rank];
  const back = expects[rank];
  if (out == null || back == null) return null;
  return { sends: sum(out), expects: sum(back), own: out[rank] ?? 0 };
}
