import { callerOf } from '../engine/caller.ts';
import type { Caller, Case } from '../engine/case.ts';
import { findImplementation } from '../engine/implementations/index.ts';

/** What a case says of its caller; null where nothing stands around its function. */
export function callerIn(c: Case): Caller | null {
  return callerOf(c, findImplementation(c.implementation) ?? {});
}
