import { at } from '../../../base/assert.ts';
import { nearlyEqual, product } from '../../../base/numbers.ts';
import { decisionIn } from '../../recording/decision.ts';
import { caseOf, eventsByCall, type Rank, type Recording } from '../../recording/event.ts';

/**
 * What a rank lost to floating point in pass 2 of the uneven path, which scales the share of h heads
 * up to all G by the quotient G / h (`implementations/steps/uneven-heads.ts`). Empty where every
 * product comes out whole, and where the rank fails for another reason: it holds another number of
 * heads than its share, or the case makes it fail.
 */
export function lostToRounding(recording: Recording, call: number, rank: Rank): string {
  const { contract: c, ranks } = recording;
  const own = eventsByCall(at(ranks, rank))[call];
  const called = own?.events[0];
  const decision = decisionIn(own);
  if (called?.kind !== 'called' || at(c.calls, call).pass === 1) return '';
  if (decision?.decided.branch !== 'uneven') return '';
  const fault = caseOf(recording)?.fault;
  if (fault?.rank === rank && fault.call === call) return '';
  const { numHeads: h, numKvHeads: G } = decision;
  if (G === null || h !== at(nearlyEqual(G, c.sp), rank)) return '';
  const rowsPerPeer = Math.floor(product(called.input.shape) / c.batch / c.sp);
  return (
    shortfall(rowsPerPeer, G, h, 'the buffer is a row too small') ||
    shortfall(h, G, h, 'a head is missing from the shape')
  );
}

/** Tells that `count` scaled up by G / h falls short of the whole number that it should be. */
function shortfall(count: number, G: number, h: number, effect: string): string {
  const whole = (count / h) * G;
  const scaled = (G / h) * count;
  if (count % h !== 0 || Math.trunc(scaled) >= whole) return '';
  return `${G} / ${h} × ${count} is ${whole}, but in floating point it comes to ${scaled}, which int() cuts to ${Math.trunc(scaled)}: ${effect}.`;
}
