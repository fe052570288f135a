import type { Caller, Case } from '../engine/case.ts';
import { CASE_FIELDS } from '../engine/case-fields.ts';

/** What a case says of its caller; null where nothing stands around its function. */
export function callerIn(c: Case): Caller | null {
  return CASE_FIELDS.caller.applies(c) ? (c.caller ?? 'bypassed') : null;
}
