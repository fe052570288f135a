import { type Case, callsOf, type ProgramName } from './case.ts';
import { DEFAULT_CASE } from './case-input.ts';
import type { Recording } from './event.ts';
import { findImplementation } from './implementations/index.ts';
import { runWorld } from './world.ts';

/** For tests: the case of issue #6774 with some fields changed, and the calls that follow. */
export function caseWith(
  patch: Partial<Omit<Case, 'calls' | 'program'>> & { program?: ProgramName },
): Case {
  const fields = { ...DEFAULT_CASE, ...patch };
  const kvHeads = patch.kvHeads ?? fields.heads;
  const program = patch.program ?? 'roundTrip';
  return { ...fields, program, kvHeads, calls: callsOf(program, fields.heads, kvHeads) };
}

/** For tests: that case, run in this thread. */
export function runWith(patch: Parameters<typeof caseWith>[0]): Recording {
  const wanted = caseWith(patch);
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error(`no ${wanted.implementation}`);
  return runWorld(wanted, implementation);
}
