import { at } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import { decisionIn } from '../decision.ts';
import { eventsByCall, type Rank, type Recording } from '../event.ts';

/**
 * What a rank lost to floating point in pass 2 of the uneven path, which scales its k heads up to
 * all G of the model by the quotient G / k (`implementations/steps/uneven-heads.ts`); empty where
 * every product that should be whole is.
 */
export function lostToRounding({ case: c, ranks }: Recording, call: number, rank: Rank): string {
  const own = eventsByCall(at(ranks, rank))[call];
  const called = own?.events[0];
  const decision = decisionIn(own);
  if (called?.kind !== 'called' || at(c.calls, call).pass === 1) return '';
  if (decision?.decided.branch !== 'uneven' || decision.numKvHeads === null) return '';
  const { numKvHeads: G, numHeads: k } = decision;
  const perPeer = Math.floor(product(called.input.shape) / c.batch / c.sp);
  const short = ([count]: readonly [number, string]) =>
    (count * G) % k === 0 && Math.trunc((G / k) * count) < (count * G) / k;
  const lost = (
    [
      [perPeer, 'its buffer is a row too small'],
      [k, 'a head is missing from the shape'],
    ] as const
  ).find(short);
  if (lost === undefined) return '';
  const [count, effect] = lost;
  const found = (G / k) * count;
  return `${G} / ${k} × ${count} is ${(count * G) / k}, but the code reckons in floating point, where it is ${found}, and int() makes that ${Math.trunc(found)}: ${effect}.`;
}
