import { at, unreachable } from '../../base/assert.ts';
import type { CollectiveInfo, Mismatch, Mismatches, Rank } from './event.ts';
import { onlyValue, type Runs, RunsReader, valueAt } from './runs.ts';

/**
 * How P ranks that each stand at a point of waiting go on. The function is pure and every Worker
 * evaluates it over the same P headers, so that all come to the same conclusion without a referee;
 * the one-thread driver evaluates it once for all.
 */

/** What a rank tells every peer when it waits: the size of what it brings and what it expects. */
export type Header =
  | {
      readonly kind: 'exchange';
      readonly collective: CollectiveInfo['kind'];
      /** Elements for each peer. */
      readonly sends: Runs;
      /** Elements from each peer. */
      readonly expects: Runs;
    }
  /** The rank is through with this call. */
  | { readonly kind: 'call-end'; readonly failed: boolean }
  /** The rank has come as far as it was to go. */
  | { readonly kind: 'standing' }
  /** The rank is gone: nobody hears this from itself. */
  | { readonly kind: 'lost' };

/** How one rank goes on. */
export type Settlement =
  /** The pieces may be taken. */
  | { readonly kind: 'exchange' }
  | ({ readonly kind: 'mismatch' } & Mismatches)
  | { readonly kind: 'abandoned'; readonly by: readonly Rank[] }
  /** Every rank waits, in different collectives. */
  | { readonly kind: 'astray'; readonly collectives: readonly CollectiveInfo['kind'][] }
  /** Others are not at the end of the call yet: say the same once more. */
  | { readonly kind: 'again' }
  | { readonly kind: 'next-call' }
  | { readonly kind: 'stop' }
  /** Another has come as far as it was to go: nobody goes on. */
  | { readonly kind: 'stand-still' };

/** What the P headers of one round mean for each rank that is there. */
export function settle(headers: readonly Header[]): (rank: Rank) => Settlement {
  if (headers.some(({ kind }) => kind === 'standing')) return () => ({ kind: 'stand-still' });
  const absent: Rank[] = [];
  headers.forEach(({ kind }, peer) => {
    if (kind !== 'exchange') absent.push(peer);
  });
  const inExchange = exchangeOf(headers, absent);
  const atEnd = endOf(headers, absent);
  return (rank) => {
    const { kind } = at(headers, rank);
    switch (kind) {
      case 'exchange':
        return inExchange;
      case 'call-end':
        return atEnd;
      case 'standing':
      case 'lost':
        throw new Error('invariant broken: a rank that is gone does not go on');
      default:
        return unreachable(kind);
    }
  };
}

function exchangeOf(headers: readonly Header[], absent: readonly Rank[]): Settlement {
  if (absent.length > 0) return { kind: 'abandoned', by: absent };
  const collectives = headers
    .filter((header) => header.kind === 'exchange')
    .map(({ collective }) => collective);
  if (collectives.some((collective) => collective !== collectives[0])) {
    return { kind: 'astray', collectives };
  }
  const found = mismatches(headers);
  return found.count > 0 ? { kind: 'mismatch', ...found } : { kind: 'exchange' };
}

function endOf(headers: readonly Header[], absent: readonly Rank[]): Settlement {
  if (absent.length < headers.length) return { kind: 'again' };
  const failed = headers.some(
    (header) => header.kind === 'lost' || (header.kind === 'call-end' && header.failed),
  );
  return { kind: failed ? 'stop' : 'next-call' };
}

/** Pairs that are written down, of all that disagree: every pair of 32 ranks. */
const MOST_PAIRS = 1024;

/** The pairs of ranks that disagree on how many elements go from one to the other. */
function mismatches(headers: readonly Header[]): Mismatches {
  const offers = headers.filter((header) => header.kind === 'exchange');
  const pairs: Mismatch[] = [];
  let count = 0;
  if (allAlike(offers) || agreeByKind(offers)) return { pairs, count };
  const expectations = offers.map(({ expects }) => new RunsReader(expects));
  for (let source = 0; source < offers.length; source++) {
    const sends = new RunsReader(at(offers, source).sends);
    for (let destination = 0; destination < offers.length; destination++) {
      const sent = sends.next();
      const expected = at(expectations, destination).next();
      if (sent === expected) continue;
      count += 1;
      if (count <= MOST_PAIRS) pairs.push({ source, destination, sent, expected });
    }
  }
  return { pairs, count };
}

type Offer = Extract<Header, { kind: 'exchange' }>;

/**
 * Whether ranks of which many say the same, in one header, agree: what one of each kind sends to every
 * peer and expects from it is what that peer says of the first of the kind. That tells of all pairs:
 * with `a` and `b` the first of their kinds, s sends d what a sends d, which d expects from a, and b
 * with it; what d expects from s is what b expects from s, which s sends b, and a with it.
 */
function agreeByKind(offers: readonly Offer[]): boolean {
  const kinds = new Set(offers);
  // Where each says its own, asking all pairs is less.
  if (2 * kinds.size > offers.length) return false;
  for (const kind of kinds) {
    const first = offers.indexOf(kind);
    const sends = new RunsReader(kind.sends);
    const expects = new RunsReader(kind.expects);
    for (const peer of offers) {
      if (sends.next() !== valueAt(peer.expects, first)) return false;
      if (expects.next() !== valueAt(peer.sends, first)) return false;
    }
  }
  return true;
}

/** Whether all that is sent and expected is one and the same number. */
function allAlike(offers: readonly Offer[]): boolean {
  const [first] = offers;
  const value = first === undefined ? null : onlyValue(first.sends);
  if (value === null) return false;
  return offers.every(
    ({ sends, expects }) => onlyValue(sends) === value && onlyValue(expects) === value,
  );
}
