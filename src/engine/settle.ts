import { at, unreachable } from '../base/assert.ts';
import type { CollectiveInfo, Mismatch, Rank } from './event.ts';

/**
 * How P ranks that each stand at a point of waiting go on. The function is pure and every rank
 * evaluates it over the same P headers, so that all come to the same conclusion without a referee;
 * the one-thread driver evaluates it once for all.
 */

/** What a rank tells every peer when it waits: the size of what it brings and what it expects. */
export type Header =
  | {
      readonly kind: 'exchange';
      readonly collective: CollectiveInfo['kind'];
      /** Elements for each peer. */
      readonly sends: readonly number[];
      /** Elements from each peer. */
      readonly expects: readonly number[];
    }
  /** The rank is through with this call. */
  | { readonly kind: 'call-end'; readonly failed: boolean };

/** How one rank goes on. */
export type Settlement =
  /** The pieces may be taken. */
  | { readonly kind: 'exchange' }
  | { readonly kind: 'mismatch'; readonly pairs: readonly Mismatch[] }
  | { readonly kind: 'abandoned'; readonly by: readonly Rank[] }
  /** Others are not at the end of the call yet: say the same once more. */
  | { readonly kind: 'again' }
  | { readonly kind: 'next-call' }
  | { readonly kind: 'stop' };

/** What the P headers of one round mean for `rank`. */
export function settle(headers: readonly Header[], rank: Rank): Settlement {
  const mine = at(headers, rank);
  const ended = headers.flatMap((header, peer) => (header.kind === 'call-end' ? [peer] : []));
  switch (mine.kind) {
    case 'exchange': {
      if (ended.length > 0) return { kind: 'abandoned', by: ended };
      const pairs = mismatches(headers);
      return pairs.length > 0 ? { kind: 'mismatch', pairs } : { kind: 'exchange' };
    }
    case 'call-end': {
      if (ended.length < headers.length) return { kind: 'again' };
      const failed = headers.some((header) => header.kind === 'call-end' && header.failed);
      return { kind: failed ? 'stop' : 'next-call' };
    }
    default:
      return unreachable(mine);
  }
}

/** Every pair of ranks that disagree on how many elements go from one to the other. */
export function mismatches(headers: readonly Header[]): Mismatch[] {
  const pairs: Mismatch[] = [];
  headers.forEach((from, source) => {
    headers.forEach((to, destination) => {
      if (from.kind !== 'exchange' || to.kind !== 'exchange') return;
      const sent = at(from.sends, destination);
      const expected = at(to.expects, source);
      if (sent !== expected) pairs.push({ source, destination, sent, expected });
    });
  });
  return pairs;
}
