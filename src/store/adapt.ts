import { chosenOrder } from '../core/case-text/case-patch.ts';
import type { CaseProblem } from '../core/cases/case-form.ts';
import { type Case, callsOf, PROGRAMS } from '../core/contract/case.ts';
import { lengthsOf } from '../core/contract/sequence.ts';
import { findImplementation } from '../core/programs/implementations/index.ts';
import { guardsOf } from '../core/published/implementation.ts';

/** The fields of a case that a person sets; the calls follow from the program. */
export type CaseFields = Omit<Case, 'calls'>;

/** A change of some fields; undefined takes one away. */
type CaseChange = { readonly [F in keyof CaseFields]?: CaseFields[F] | undefined };

/**
 * What else a change of some fields means to the person who makes it: the ranks go on dividing the
 * sequence where they divided it, and a model without grouped heads stays one. A number of ranks that
 * is still being dragged or typed is a change of the case before that, `settled`: what its
 * intermediate values did to the sequence does not add up.
 */
export function adapted(
  before: CaseFields,
  patch: Partial<CaseFields>,
  settled: CaseFields = before,
): CaseChange {
  const seq =
    patch.sp !== undefined && patch.seq === undefined && settled.seq % settled.sp === 0
      ? { seq: divisibleSequence(settled.seq, patch.sp) }
      : {};
  const kvHeads =
    patch.heads !== undefined && patch.kvHeads === undefined && before.kvHeads === before.heads
      ? { kvHeads: patch.heads }
      : {};
  const fault = keptFault({ ...before, ...patch }, patch);
  const dealt = keptDealing(before, patch);
  return { ...keptRule(before, patch), ...dealt, ...patch, ...seq, ...kvHeads, ...fault };
}

/**
 * A list of lengths is written for one number of ranks and tokens; what a code expects goes with
 * it, and an order that was chosen stays.
 */
function keptDealing(before: CaseFields, patch: Partial<CaseFields>): CaseChange {
  const isList = before.sequenceSplit !== undefined && lengthsOf(before.sequenceSplit) !== null;
  const isOther = patch.sp !== undefined || patch.seq !== undefined;
  return {
    ...(isList && isOther ? { sequenceSplit: undefined } : {}),
    ...(patch.implementation === undefined ? {} : { sequenceOrder: chosenOrder(before) }),
  };
}

/** The sequence itself where `sp` ranks divide it, otherwise the nearest one that they do divide. */
function divisibleSequence(seq: number, sp: number): number {
  return sp > 0 && seq % sp !== 0 ? Math.max(1, Math.round(seq / sp)) * sp : seq;
}

/** What followed from a change and is easily overlooked, in a sentence; null for nothing. */
export function consequenceOf(
  before: CaseFields,
  patch: Partial<Record<keyof CaseFields, unknown>>,
  after: CaseFields,
): string | null {
  if ('seq' in patch || before.seq === after.seq) return null;
  return `The sequence is now ${after.seq} tokens instead of ${before.seq}, so that ${after.sp} ranks divide it.`;
}

/** A case's own conditions stay with an implementation that has a place for them. */
function keptRule(before: CaseFields, patch: Partial<CaseFields>): CaseChange {
  if (patch.implementation === undefined) return {};
  const implementation = findImplementation(patch.implementation);
  if (implementation === undefined) return {};
  const ids = guardsOf(implementation).map(({ id }) => id);
  const guards = Object.entries(before.guards ?? {}).filter(([id]) => ids.includes(id));
  return {
    condition: implementation.condition === null ? undefined : before.condition,
    guards: guards.length === 0 ? undefined : Object.fromEntries(guards),
  };
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

/**
 * What followed from a change is not told beside what was changed; and what only followed, as a case
 * that is too large, is told where it was changed: that value is the one that is not taken.
 */
export function toldOf(
  problems: readonly CaseProblem[],
  patch: Readonly<Record<string, unknown>>,
): readonly CaseProblem[] {
  const own = problems.filter(({ field }) => field in patch);
  if (own.length > 0) return own;
  const changed = MEASURES.find((field) => field in patch);
  return problems.map((problem) =>
    changed !== undefined && MEASURES.includes(problem.field)
      ? { ...problem, field: changed }
      : problem,
  );
}

/** The fields that say how much there is of something. */
const MEASURES: readonly string[] = [
  'sp',
  'heads',
  'kvHeads',
  'seq',
  'batch',
  'headDim',
] satisfies (keyof CaseFields)[];
