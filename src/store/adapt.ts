import { type Case, callsOf, PROGRAMS } from '../engine/case.ts';

/** The fields of a case that a person sets; the calls follow from the program. */
export type CaseFields = Omit<Case, 'calls'>;

/**
 * What else a change of some fields means to the person who makes it: the tokens a rank stay as they
 * are when the number of ranks changes, and a model without grouped heads stays one.
 */
export function adapted(before: CaseFields, patch: Partial<CaseFields>): Partial<CaseFields> {
  const seq =
    patch.sp !== undefined && patch.seq === undefined && before.seq % before.sp === 0
      ? { seq: (before.seq / before.sp) * patch.sp }
      : {};
  const kvHeads =
    patch.heads !== undefined && patch.kvHeads === undefined && before.kvHeads === before.heads
      ? { kvHeads: patch.heads }
      : {};
  return { ...patch, ...seq, ...kvHeads, ...keptFault({ ...before, ...patch }, patch) };
}

/** A fault stays among the ranks and calls that there are, unless it is what is being changed. */
function keptFault(after: CaseFields, patch: Partial<CaseFields>): Partial<CaseFields> {
  const { fault, program, heads, kvHeads, sp } = after;
  if (fault == null || 'fault' in patch) return {};
  const known = PROGRAMS.find((name) => name === program);
  const calls = known === undefined ? fault.call + 1 : callsOf(known, heads, kvHeads).length;
  return {
    fault: { ...fault, rank: Math.min(fault.rank, sp - 1), call: Math.min(fault.call, calls - 1) },
  };
}
