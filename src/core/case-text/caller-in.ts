import { CASE_FIELDS } from '../cases/case-fields.ts';
import type { Caller, Case } from '../contract/case.ts';

/** What a case says of its caller; null where nothing stands around its function. */
export function callerIn(c: Case): Caller | null {
  return CASE_FIELDS.caller.applies(c) ? (c.caller ?? 'bypassed') : null;
}
