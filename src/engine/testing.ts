import fc from 'fast-check';
import { type Case, callsOf, KV_REPEATS, PROGRAMS, type ProgramName } from './case.ts';
import { DEFAULT_CASE } from './case-input.ts';
import type { Recording } from './event.ts';
import { findImplementation, IMPLEMENTATIONS } from './implementations/index.ts';
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
  return runOf(caseWith(patch));
}

/** For tests: a case, run in this thread. */
export function runOf(wanted: Case): Recording {
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error(`no ${wanted.implementation}`);
  return runWorld(wanted, implementation);
}

/** For tests: any small case, good or bad: every implementation, layout, program, state and repeat. */
export const anyCase: fc.Arbitrary<Case> = fc
  .record(
    {
      implementation: fc.constantFrom(...IMPLEMENTATIONS.map(({ id }) => id)),
      program: fc.constantFrom(...PROGRAMS),
      sp: fc.integer({ min: 1, max: 6 }),
      batch: fc.integer({ min: 1, max: 2 }),
      seq: fc.integer({ min: 1, max: 12 }),
      heads: fc.integer({ min: 1, max: 14 }),
      kvHeads: fc.integer({ min: 1, max: 14 }),
      headDim: fc.integer({ min: 1, max: 2 }),
      batchDimIdx: fc.constantFrom<0 | 1>(0, 1),
      numKvHeadsBefore: fc.option(fc.integer({ min: 1, max: 9 })),
      gatherIdx: fc.constantFrom<0 | 1>(0, 1),
      kvRepeat: fc.constantFrom(...KV_REPEATS),
    },
    {
      requiredKeys: [
        'implementation',
        'program',
        'sp',
        'batch',
        'seq',
        'heads',
        'kvHeads',
        'headDim',
        'batchDimIdx',
        'numKvHeadsBefore',
      ],
    },
  )
  .map((fields) => caseWith(fields));
