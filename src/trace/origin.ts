import { at } from '../base/assert.ts';
import { sum } from '../base/numbers.ts';
import type { RankEvent } from '../core/recording/event.ts';

/** An element as a rank holds it: which tensor of its list, and the place in it, row-major. */
export interface HeldElement {
  readonly rank: number;
  readonly tensor: number;
  readonly place: number;
}

type Offered = Extract<RankEvent, { kind: 'offered' }>;

/**
 * For an element that landed in a collective, where it stood on the rank that sent it: the split
 * sizes say which peer it came from and how far into that peer's piece it stood.
 *
 * `offers` are the offers of all ranks to this collective, in rank order.
 */
export function originOf(offers: readonly Offered[], landed: HeldElement): HeldElement {
  const { expects } = at(offers, landed.rank);
  let source = landed.tensor;
  let within = landed.place;
  if (at(offers, landed.rank).collective.kind !== 'all_to_all') {
    source = 0;
    while (within >= at(expects, source)) {
      within -= at(expects, source);
      source += 1;
    }
  }
  const { collective, sends } = at(offers, source);
  if (collective.kind === 'all_to_all') {
    return { rank: source, tensor: landed.rank, place: within };
  }
  return { rank: source, tensor: 0, place: sum(sends.slice(0, landed.rank)) + within };
}

/** The other way: where an element that a rank offered lands; null where it is sent to nobody. */
export function landingOf(offers: readonly Offered[], offered: HeldElement): HeldElement | null {
  const { collective, sends } = at(offers, offered.rank);
  if (collective.kind === 'all_to_all') {
    return { rank: offered.tensor, tensor: offered.rank, place: offered.place };
  }
  let within = offered.place;
  for (const [destination, count] of sends.entries()) {
    if (within < count) {
      const { expects } = at(offers, destination);
      return { rank: destination, tensor: 0, place: sum(expects.slice(0, offered.rank)) + within };
    }
    within -= count;
  }
  return null;
}
