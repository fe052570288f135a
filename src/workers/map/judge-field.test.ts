import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAlike } from '../../core/bulk/alike.ts';
import type { Case } from '../../core/contract/case.ts';
import { judge } from '../../core/judge/checks/index.ts';
import { focusOf, shortFailure } from '../../core/judge/explain/story.ts';
import { findImplementation, IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import type { Implementation } from '../../core/published/implementation.ts';
import { anyCaseOf, caseWith } from '../../core/world/testing.ts';
import { runWorld } from '../../core/world/world.ts';
import { judgeCase } from './judge-field.ts';
import { heard, type Inquiry } from './told-once.ts';

function implementationOf({ implementation }: Case): Implementation {
  const found = findImplementation(implementation);
  if (found === undefined) throw new Error(`no ${implementation}`);
  return found;
}

/** What a run of every rank is told as, all checks asked. */
function toldAlone(wanted: Case) {
  const recording = runWorld(wanted, implementationOf(wanted), { attention: false });
  const { verdict, severity, findings } = judge(recording);
  const call = focusOf(recording, findings, verdict);
  return { verdict, severity, short: shortFailure({ recording, findings, verdict, call }) };
}

describe('a case in a few words', () => {
  const sharing = IMPLEMENTATIONS.filter(({ steps }) => steps !== undefined).map(({ id }) => id);

  it('is what its own run comes to, whichever release of its program was told before', () => {
    const any = fc
      .tuple(fc.constantFrom(...sharing), fc.constantFrom<0 | 1>(0, 1))
      .chain(([id, batchDimIdx]) => anyCaseOf(id, batchDimIdx));
    const order = fc.shuffledSubarray(sharing, { minLength: 2 });
    fc.assert(
      fc.property(any, order, ({ fault: _, ...wanted }, ids) => {
        for (const implementation of ids) {
          const own = { ...wanted, implementation };
          expect(judgeCase(own)).toEqual(toldAlone(own));
        }
      }),
      { numRuns: 250 },
    );
  });

  it('holds nothing of the runs that were told: what was asked of a release is data', () => {
    const [even, uneven] = [8, 7].map((heads) => {
      const wanted = caseWith({ implementation: 'deepspeed-6797', batchDimIdx: 1, heads });
      const inquiries: Inquiry[] = [];
      runAlike(wanted, heard(implementationOf(wanted), inquiries));
      // Functions cannot be cloned.
      expect(structuredClone(inquiries)).toEqual(inquiries);
      return new Set(inquiries.map(({ kind }) => kind));
    });
    expect([even, uneven]).toEqual([new Set(['condition', 'backShape']), new Set(['condition'])]);
  });

  it('is told once of releases that answer the same, and by itself of those that do not', () => {
    const told = (implementation: string, heads: number) =>
      judgeCase(caseWith({ implementation, sp: 4, heads }));
    expect(told('deepspeed-6797', 16)).toBe(told('deepspeed-6392', 16));
    expect(told('deepspeed-6797', 8)).not.toEqual(told('deepspeed-6392', 8));
    expect(told('deepspeed-6750', 9)).toBe(told('deepspeed-8317', 9));
  });
});
