import { product } from '../../../base/numbers.ts';
import { runAlike } from '../../bulk/alike.ts';
import { type Producer, producerOf } from '../../cases/origin.ts';
import type { Call, Case } from '../../contract/case.ts';
import { isKeyOrValue } from '../../contract/case.ts';
import { sharesOf } from '../../contract/sequence.ts';
import type { Implementation } from '../../published/implementation.ts';
import { caseOf, endingOf, eventsByCall, type Recording } from '../../recording/event.ts';
import { runWorld } from '../../world/world.ts';

/** A number of a case that P ranks do not divide. */
export type Blamed = 'heads' | 'tokens';

/**
 * Which numbers that the ranks do not divide made a call fail: those whose repair alone lets the case
 * get past the failing place. It is tried, by running the repaired case. Empty where neither alone
 * does, and for cases too large to be run once more.
 */
export function blamedFor(recording: Recording, call: number): readonly Blamed[] {
  const c = caseOf(recording);
  if (c === null) return [];
  if (product([c.batch, c.seq, Math.max(c.heads, c.kvHeads), c.headDim]) > LARGEST_TRIED) return [];
  return BLAMED.filter((what) => {
    const repaired = repairedIn(recording, what);
    return repaired !== null && getsPast(recording, repaired, call);
  });
}

const BLAMED: readonly Blamed[] = ['heads', 'tokens'];

/**
 * The number that stops the ranks next, once the one is repaired that made a call fail: both are tried,
 * by running. Null where either is to blame by itself, where neither is, and where both would not do.
 */
export function blamedNext(recording: Recording, call: number): Blamed | null {
  const [first, ...others] = blamedFor(recording, call);
  if (first === undefined || others.length > 0) return null;
  const once = repairedIn(recording, first);
  const next = BLAMED.find((what) => what !== first);
  if (once === null || next === undefined || !fails(once)) return null;
  const both = repairedIn(once, next);
  return both === null || fails(both) ? null : next;
}

/** Whether a rank does not come to the end of its calls. */
function fails({ contract: { calls }, ranks }: Recording): boolean {
  return ranks.some((ranked) => {
    const last = eventsByCall(ranked)[calls.length - 1];
    return last === undefined || endingOf(last)?.kind !== 'returned';
  });
}

/** Of a thousand ranks most do the same; a rank with a fault has to run beside all others. */
function rerun(repaired: Case, implementation: Implementation): Recording {
  return repaired.fault === undefined
    ? runAlike(repaired, implementation)
    : runWorld(repaired, implementation, { attention: false });
}

/** Elements of a tensor: what takes a few milliseconds. */
const LARGEST_TRIED = 1 << 18;

/** What ranks do with as many heads, or tokens, as they divide; null where they divide them already. */
export function repairedIn(recording: Recording, what: Blamed): Recording | null {
  const producer = producerOf(recording);
  const repaired = producer && dividedCase(producer, what);
  return repaired && rerun(repaired, producer.implementation);
}

function dividedCase({ case: c, implementation }: Producer, what: Blamed): Case | null {
  if (what === 'tokens') {
    const { order } = implementation;
    const seq = upTo(c.seq, sharesOf(c.sequenceOrder ?? order, c.sp));
    return seq === c.seq ? null : { ...c, seq };
  }
  const heads = upTo(c.heads, c.sp);
  const divided = upTo(c.kvHeads, c.sp);
  // Query heads are shared among the KV heads: where they cannot be, each has its own.
  const kvHeads = heads % divided === 0 ? divided : heads;
  if (heads === c.heads && c.kvHeads % c.sp === 0) return null;
  const calls = c.calls.map((call): Call => {
    const count = isKeyOrValue(call.tensor) ? kvHeads : call.heads === c.heads ? heads : divided;
    return { ...call, heads: call.heads % c.sp === 0 ? call.heads : count };
  });
  return { ...c, heads, kvHeads, calls };
}

function upTo(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit;
}

/** Whether no rank of the repaired run fails in the call as ranks of the first run did. */
export function getsPast(failed: Recording, repaired: Recording, call: number): boolean {
  const before = failuresIn(failed, call);
  const after = failuresIn(repaired, call);
  return after !== null && before !== null && [...before].every((one) => !after.has(one));
}

/** How ranks failed in a call, numbers aside; null where none came to it. */
function failuresIn({ ranks }: Recording, call: number): Set<string> | null {
  const endings = ranks.flatMap((ranked) => {
    const own = eventsByCall(ranked)[call];
    return own === undefined ? [] : [endingOf(own)];
  });
  if (endings.length === 0) return null;
  return new Set(
    endings.flatMap((ending) => {
      if (ending === null || ending.kind === 'returned' || ending.kind === 'abandoned') return [];
      if (ending.kind !== 'raised') return [ending.kind];
      return [`${ending.error}: ${ending.message.replace(/\d+/g, '#')}`];
    }),
  );
}
