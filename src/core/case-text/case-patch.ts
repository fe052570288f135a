import { FIELD_NAMES } from '../cases/case-fields.ts';
import { type ParsedCase, parseCase } from '../cases/case-input.ts';
import type { CasePatch } from '../cases/case-option.ts';
import { sameField } from '../cases/same-case.ts';
import { type Caller, type Case, namedProgram } from '../contract/case.ts';
import { expectedOrder } from '../programs/implementations/index.ts';
import { callerIn } from './caller-in.ts';

/** In what `other` differs from `own`: what makes the one of the other. */
export function differencesOf(own: Case, other: Case): CasePatch {
  const patch: CasePatch = {};
  const before =
    own.implementation === other.implementation
      ? own
      : { ...own, ...PUBLISHED, sequenceOrder: orderUnder(other, own) };
  const follows = followsProgram(own) && followsProgram(other);
  for (const name of FIELD_NAMES) {
    const isImplied = name === 'caller' || (name === 'calls' && follows);
    if (!isImplied && !sameField(before, other, name)) patch[name] = other[name] ?? null;
  }
  const caller = callerIn(other);
  if (caller !== null && caller !== callerAfter(own, patch)) patch.caller = caller;
  return patch;
}

/** The order that `own` has under the implementation of `other`, where nothing is said of it. */
function orderUnder(other: Case, own: Case) {
  const code = expectedOrder(other);
  const chosen = chosenOrder(own) ?? code;
  return other.sequenceSplit !== undefined || chosen !== code ? chosen : undefined;
}

/** The caller that a case has after a patch which says nothing of it. */
function callerAfter(own: Case, patch: CasePatch): Caller {
  const kept = 'implementation' in patch ? null : callerIn(own);
  return kept ?? (bringsCalls(own, patch) ? 'bypassed' : 'published');
}

/** Whether what comes of a patch has calls of its own, that do not follow from its program. */
function bringsCalls(own: Case, patch: CasePatch): boolean {
  return 'calls' in patch || !followsProgram(own);
}

/** A case's own conditions belong to the implementation in which they replace others. */
const PUBLISHED = { condition: null, guards: null };
/**
 * The order of the sequence that a case keeps under another implementation: one that was chosen. What
 * its own code expects goes without saying, and so does what the other one does.
 */
export function chosenOrder(own: Pick<Case, 'implementation' | 'sequenceOrder'>) {
  return own.sequenceOrder === expectedOrder(own) ? undefined : own.sequenceOrder;
}

/** What a case of another implementation begins with. */
function fresh(own: Case) {
  return { ...PUBLISHED, caller: null, sequenceOrder: chosenOrder(own) ?? null };
}

/**
 * `own` with the fields of `patch`. The calls follow from the program where they did before; another
 * implementation is taken as published, unless the patch brings conditions for it.
 */
export function caseWithPatch(own: Case, patch: CasePatch): ParsedCase {
  const rule = 'implementation' in patch ? fresh(own) : { caller: callerIn(own) };
  const { calls, ...fields } = { ...own, ...rule, ...patch };
  return parseCase(bringsCalls(own, patch) ? { ...fields, calls } : fields);
}

/** The same case under a published implementation; none where that is not written for its layout. */
export function underPublished(c: Case, implementation: string): Case | null {
  const parsed = caseWithPatch(c, { implementation, ...PUBLISHED });
  return parsed.ok ? parsed.case : null;
}

/** Whether the calls are those of the named program. */
function followsProgram(c: Case): boolean {
  return namedProgram(c) !== null;
}
