import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROKEN_CASES, PAIRS } from '../../content/museum/index.ts';
import { differencesOf } from '../case-text/case-patch.ts';
import { DEFAULT_CASE, parseCase } from '../cases/case-input.ts';
import type { Case } from '../contract/case.ts';
import { judge } from '../judge/checks/index.ts';
import { anyCase, caseWith, runOf } from '../world/testing.ts';
import type { Advice } from './advice.ts';
import { adviceLines, adviceMarkdown, adviceText } from './advice-text.ts';
import { adviceFor } from './advise.ts';
import { jobOf, shrunk } from './small-case.ts';
import { tryCase } from './try-case.ts';

function adviceOf(c: Case): Advice {
  return adviceFor(c, judge(runOf(c)).verdict);
}

const withoutOf = (advice: Advice) => advice.without.map(({ id }) => id);
const fixOf = (advice: Advice) => advice.fixes[0]?.id;

function job(fields: object): Case {
  const parsed = parseCase({
    program: 'layerForwardBackward',
    batch: 1,
    batchDimIdx: 0,
    ...fields,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.case;
}

const LLAMA = job({
  implementation: 'deepspeed-6392',
  sp: 8,
  seq: 16,
  heads: 32,
  kvHeads: 8,
  headDim: 128,
});

describe('the dead jobs', () => {
  it('DeepSpeed 0.15.4, Llama 3.1 8B, SP 8, at its own head dim', () => {
    const advice = adviceOf(LLAMA);
    expect(adviceText(advice)).toBe(
      'Fix: upgrade to ≥ 0.16.2 (#6797). Without upgrading: SP 2. Not enough: SP 4 (raises in backward).',
    );
    expect(advice.scope).toBe('q, k, v, forward and backward');
    expect(advice.tried).toContain('head dim 1');
  });

  it('the same where the screen shows q only: the whole layer is judged all the same', () => {
    const advice = adviceOf({
      ...DEFAULT_CASE,
      ...job({ ...LLAMA, program: 'roundTrip', calls: undefined }),
    });
    expect(withoutOf(advice)).toEqual(['sp-2']);
    expect(advice.notEnough.map(({ id }) => id)).toEqual(['sp-4']);
  });

  it('verl, Qwen2.5 7B, SP 8', () => {
    const c = job({ implementation: 'verl', sp: 8, seq: 16, heads: 28, kvHeads: 4, headDim: 128 });
    const advice = adviceOf(c);
    expect(withoutOf(advice)).toEqual(['sp-4', 'sp-2']);
    expect(advice.noFix).toContain('0.7.0');
  });

  it('DeepSpeed 0.16.3, a head count left behind by another model', () => {
    const c = job({
      implementation: 'deepspeed-6750',
      program: 'twoModels',
      sp: 8,
      seq: 16,
      heads: 28,
      kvHeads: 16,
      headDim: 80,
    });
    const advice = adviceOf(c);
    expect(fixOf(advice)).toBe('deepspeed-8316');
    expect(advice.fixes[0]?.does).toContain('merged, in no release up to 0.19.5');
    expect(withoutOf(advice)).toContain('own-process');
  });

  it('DeepSpeed 0.14.4, sequence first, batch 2, SP 2', () => {
    const fields = {
      sp: 2,
      batch: 2,
      seq: 16,
      heads: 32,
      kvHeads: 8,
      headDim: 128,
      batchDimIdx: 1,
    };
    const advice = adviceOf(job({ implementation: 'deepspeed-5664', ...fields }));
    expect(fixOf(advice)).toBe('deepspeed-5823');
    expect(adviceText(advice)).toContain('Fix: upgrade to ≥ 0.14.5 (#5823)');
    expect(adviceText(advice)).toContain(
      'except 0.16.3 – 0.19.5 (returns a wrong shape in forward)',
    );
    expect(withoutOf(advice)).toEqual(['batch-1']);
  });
});

/** Whether one change of one field repairs a bug; a fault is none of the code. */
const ONE_CHANGE = PAIRS.filter(
  ({ broken, repaired }) =>
    Object.keys(differencesOf(broken.case, repaired.case)).length === 1 &&
    broken.case.fault === undefined,
);

describe('advice', () => {
  it('is found for most bugs of the museum', () => {
    expect(ONE_CHANGE.length).toBeGreaterThan(PAIRS.length / 2);
  });

  it.each(ONE_CHANGE.map((pair) => [pair.id, pair] as const))(
    'has the repair that the museum shows: %s',
    (_, { broken, repaired }) => {
      const { fixes } = adviceOf(broken.case);
      expect(fixes.map((one) => one.case)).toContainEqual(repaired.case);
    },
  );

  it('never vanishes for a case because of its size', () => {
    for (const { broken } of BROKEN_CASES) {
      const large = { ...broken.case, headDim: 128, batch: broken.case.batch };
      const { verdict } = tryCaseOf(large);
      if (verdict === 'fine' || large.fault !== undefined) continue;
      expect(adviceFor(large, verdict).scope).not.toBeNull();
    }
  });

  it('says why nothing was tried', () => {
    expect(adviceOf(caseWith({ implementation: 'deepspeed-6797' })).tried).toContain('fine');
    const fault = { kind: 'raises-in', rank: 1, call: 0 } as const;
    const advice = adviceOf({ ...caseWith({}), fault });
    expect(advice.tried).toContain('rank 1');
    expect(adviceLines(advice)).toEqual([]);
    expect(adviceText(advice)).toBe(advice.tried);
  });

  it('is not needed for what the code means: heads of padding', () => {
    const c = caseWith({ implementation: 'diffusers-anything', heads: 30, kvHeads: 30 });
    expect(judge(runOf(c)).verdict).toBe('unbalanced');
    expect(adviceOf(c)).toMatchObject({ fixes: [], scope: null });
  });

  it('goes back to the published rule where an edited one fails', () => {
    const c = caseWith({
      implementation: 'deepspeed-6797',
      condition: 'num_heads % seq_world_size != 0',
    });
    expect(fixOf(adviceOf(c))).toBe('published-rule');
  });

  it('is Markdown too', () => {
    expect(adviceMarkdown(adviceOf(LLAMA))).toBe(
      '**Fix:** upgrade to ≥ 0.16.2 (#6797). **Without upgrading:** SP 2. **Not enough:** SP 4 (raises in backward).',
    );
  });

  it('was run: what it names as fine is fine over the whole job, and what it names as failing fails', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const advice = adviceOf(c);
        const ids = [...advice.fixes, ...advice.without].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const remedy of [...advice.fixes, ...advice.without]) {
          expect(remedy.case).not.toEqual(c);
          const small = shrunk(jobOf(remedy.case), { tokens: 2, headDim: 8, batch: 2 });
          expect(tryCase(small).severity).not.toBe('fault');
        }
        for (const { verdict } of advice.notEnough) expect(verdict).not.toBe('fine');
      }),
      { numRuns: 40 },
    );
  });
});

function tryCaseOf(c: Case) {
  return c.fault === undefined
    ? tryCase(shrunk(c, { tokens: 2, headDim: 128, batch: 2 }))
    : { verdict: 'fine' as const };
}
