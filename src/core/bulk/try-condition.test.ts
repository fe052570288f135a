import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../contract/case.ts';
import { IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import { decisionsOf, operandsIn } from '../recording/decision.ts';
import { anyCase, caseWith, runOf } from '../world/testing.ts';
import { type TrialOptions, tryCondition } from './try-condition.ts';

const PUBLISHED = 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0';
const MERGED =
  'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2)';

function tried(c: Case, text: string, options?: TrialOptions) {
  const trial = tryCondition(c, text, options);
  if (!trial.ok) return trial.problem.message;
  return [trial.pass1, trial.pass2].map((pass) => {
    if (pass.kind === 'not-asked') return pass.why;
    if (pass.kind === 'answered') {
      return `${operandsIn(text, pass.evaluation.parts)}: ${pass.evaluation.truth}`;
    }
    return `${pass.error} at ${text.slice(pass.stumble.at.from, pass.stumble.at.to)}`;
  });
}

describe('a condition that is being written', () => {
  const c = caseWith({});

  it('says what both passes would see', () => {
    expect(tried(c, PUBLISHED)).toEqual(['8 % 4 = 0: false', '2 % 4 = 2: true']);
    expect(tried(c, MERGED)).toEqual(['8 % 4 = 0: false', '2 % 4 = 2, scatter_idx = 1: false']);
  });

  it('points into the text as it was typed', () => {
    const text = '  if num_heads %\\\n seq_world_size:  # heads';
    const trial = tryCondition(c, text);
    if (!trial.ok || trial.pass1.kind !== 'answered') throw new Error('not answered');
    const [first] = trial.pass1.evaluation.parts;
    expect(text.slice(first?.from, first?.to)).toBe('num_heads');
  });

  it('says where it raises, and what is not come to', () => {
    expect(tried(c, 'num_heads % (num_heads - 2) != 0')).toEqual([
      '8 % (8 - 2) = 2: true',
      'ZeroDivisionError at num_heads % (num_heads - 2)',
    ]);
    expect(tried(c, 'get_num_kv_heads() > 2')).toEqual([
      'TypeError at get_num_kv_heads() > 2',
      'Not asked: the rank raises TypeError in forward: pass 1 of q.',
    ]);
    expect(tried({ ...c, calls: c.calls.slice(0, 1) }, 'True')).toEqual([
      'always True: true',
      'This program has no pass 2.',
    ]);
  });

  it('says what is no condition', () => {
    expect(tried(c, 'open("x")')).toBe('a call of "open" is not allowed here');
  });

  it('can be a guard, with what that has in scope', () => {
    const guarded = { ...c, implementation: 'deepspeed-5823' };
    expect(tried(guarded, 'num_total_head > 3', { guard: 'heads-divisible' })).toEqual([
      'num_total_head = 8: true',
      'The path that this rank takes in pass 2 does not ask it.',
    ]);
    expect(tried(c, 'num_heads > 1', { guard: 'more-heads-than-ranks' })).toEqual([
      'The path that this rank takes in pass 1 does not ask it.',
      'num_heads = 2: true',
    ]);
    // Pass 1 does not ask it, whatever becomes of pass 2.
    expect(tried(c, 'num_heads > 4', { guard: 'more-heads-than-ranks' })).toEqual([
      'The path that this rank takes in pass 1 does not ask it.',
      'num_heads = 2: false',
    ]);
  });

  it('sees of each rank what the rank sees in the whole run', () => {
    const ids = IMPLEMENTATIONS.filter(({ condition }) => condition !== null).map(({ id }) => id);
    const deciding = fc.record({
      any: anyCase,
      implementation: fc.constantFrom(...ids),
      condition: fc.constantFrom(PUBLISHED, MERGED, 'num_heads > 3', 'num_heads % 3', 'True'),
    });
    let compared = 0;
    fc.assert(
      fc.property(deciding, ({ any, implementation, condition }) => {
        const wanted = { ...any, implementation, condition };
        const recording = runOf(wanted);
        const back = wanted.calls.findIndex(({ pass }) => pass === 2);
        for (const { rank, decided } of decisionsOf(recording, back)) {
          compared += 1;
          const trial = tryCondition(wanted, condition, { rank });
          expect(trial).toMatchObject({ ok: true, pass2: { evaluation: decided.evaluation } });
        }
      }),
      { numRuns: 250, seed: 6774 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('is tried on a thousand ranks without running them', () => {
    expect(tried(caseWith({ sp: 1024, seq: 1024, heads: 1024, headDim: 1 }), MERGED)).toEqual([
      '1024 % 1024 = 0: false',
      '1 % 1024 = 1, scatter_idx = 1: false',
    ]);
  });
});
