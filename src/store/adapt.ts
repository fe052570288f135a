import type { Case } from '../engine/case.ts';

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
  return { ...patch, ...seq, ...kvHeads };
}
