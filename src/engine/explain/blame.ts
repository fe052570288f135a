import { product } from '../../base/numbers.ts';
import type { Call, Case } from '../case.ts';
import { isKeyOrValue } from '../case.ts';
import { endingOf, eventsByCall, type Recording } from '../event.ts';
import { implementationOf } from '../truth.ts';
import { runWorld } from '../world.ts';

/** A number of a case that P ranks do not divide. */
export type Blamed = 'heads' | 'tokens';

/**
 * Which numbers that the ranks do not divide made a call fail: those whose repair alone lets the case
 * get past the failing place. It is tried, by running the repaired case. Empty where neither alone
 * does, and for cases too large to be run once more.
 */
export function blamedFor(recording: Recording, call: number): readonly Blamed[] {
  const c = recording.case;
  if (product([c.batch, c.seq, Math.max(c.heads, c.kvHeads), c.headDim]) > LARGEST_TRIED) return [];
  return (['heads', 'tokens'] as const).filter((what) => {
    const repaired = repairedIn(recording, what);
    return (
      repaired !== null &&
      getsPast(recording, runWorld(repaired, implementationOf(recording)), call)
    );
  });
}

/** Elements of a tensor: what takes a few milliseconds. */
const LARGEST_TRIED = 1 << 18;

/** The case with as many heads, or tokens, as the ranks divide; null where they do already. */
export function repairedIn(recording: Recording, what: Blamed): Case | null {
  const c = recording.case;
  if (what === 'tokens') {
    const { sharding } = implementationOf(recording);
    const seq = upTo(c.seq, sharding === 'pieces' ? c.sp : 2 * c.sp);
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
