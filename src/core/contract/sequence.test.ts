import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { range, sum } from '../../base/numbers.ts';
import { parseCase } from '../cases/case-input.ts';
import { judge } from '../judge/checks/index.ts';
import { explain } from '../judge/explain/explain.ts';
import { caseWith, runOf } from '../world/testing.ts';
import {
  dealingOf,
  dealtLength,
  lostTokens,
  paddedLength,
  positionsOf,
  SEQUENCE_ORDERS,
  SEQUENCE_SPLITS,
  type Sequence,
  sequenceProblem,
  shareLength,
  sharesOf,
} from './sequence.ts';

const anySequence: fc.Arbitrary<Sequence> = fc
  .record({
    sp: fc.integer({ min: 1, max: 9 }),
    seq: fc.integer({ min: 1, max: 60 }),
    sequenceSplit: fc.constantFrom(...SEQUENCE_SPLITS),
    sequenceOrder: fc.constantFrom(...SEQUENCE_ORDERS),
  })
  .filter((one) => sequenceProblem(one) === null);

const dealt = (c: Sequence) => dealingOf(c, 'contiguous');
const held = (c: Sequence) => range(c.sp).map((rank) => positionsOf(dealt(c), rank));
const lengths = (c: Sequence) => held(c).map((positions) => positions.length);

describe('a sequence is dealt', () => {
  it('so that every position up to the last that is dealt is on one rank', () => {
    fc.assert(
      fc.property(anySequence, (c) => {
        const all = held(c)
          .flat()
          .toSorted((a, b) => a - b);
        expect(all).toEqual(range(dealtLength(dealt(c))));
        expect(lostTokens(dealt(c))).toBe(Math.max(0, c.seq - all.length));
        expect(all.length).toBeLessThanOrEqual(paddedLength(c));
        for (const rank of range(c.sp)) {
          expect(shareLength(dealt(c), rank)).toBe(held(c)[rank]?.length);
        }
      }),
    );
  });

  it('equally where it is padded or dropped, and alike where the ranks divide it', () => {
    fc.assert(
      fc.property(anySequence, (c) => {
        const shares = sharesOf(c.sequenceOrder ?? 'contiguous', c.sp);
        if (c.sequenceSplit === 'pad' || c.sequenceSplit === 'drop') {
          expect(new Set(lengths(c)).size).toBe(1);
        }
        if (c.seq % shares !== 0) return;
        expect(held(c)).toEqual(held({ ...c, sequenceSplit: 'nearly-equal' }));
      }),
    );
  });

  it.each([
    ['chunk', 57_826, 8, [...Array(7).fill(7229), 7223]],
    ['drop', 56_700, 8, Array(8).fill(7087)],
    ['nearly-equal', 18, 4, [5, 5, 4, 4]],
    ['pad', 18, 4, [5, 5, 5, 5]],
    ['chunk', 9, 8, [2, 2, 2, 2, 1, 0, 0, 0]],
    ['5,1,0', 6, 3, [5, 1, 0]],
  ])('%s: %i tokens on %i ranks', (sequenceSplit, seq, sp, shares) => {
    const c: Sequence = { seq, sp, sequenceSplit };
    expect(lengths(c)).toEqual(shares);
    expect(lostTokens(dealt(c))).toBe(Math.max(0, seq - sum(shares)));
  });

  it('in half-chunks that balance a causal mask, or token by token', () => {
    expect(held({ seq: 8, sp: 2, sequenceOrder: 'balanced' })).toEqual([
      [0, 1, 6, 7],
      [2, 3, 4, 5],
    ]);
    expect(held({ seq: 5, sp: 2, sequenceOrder: 'strided' })).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });
});

describe('a case that says how its sequence is dealt', () => {
  const read = (fields: object) =>
    parseCase({ ...caseWith({ sp: 4, seq: 18, heads: 8 }), caller: 'published', ...fields });
  const told = (fields: object) => {
    const parsed = read(fields);
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    const recording = runOf(parsed.case);
    const { verdict, findings } = judge(recording);
    return { verdict, findings, ...explain(recording, findings, verdict) };
  };

  it('loses what is dropped, and says so', () => {
    const { verdict, headline, short, findings } = told({
      implementation: 'deepspeed-5823',
      sequenceSplit: 'drop',
    });
    expect(verdict).toBe('silently wrong');
    expect(short).toBe('2 tokens belong to nobody');
    expect(headline).toContain('2 tokens belong to nobody: 4 ranks hold 16 of 18');
    const failed = findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
    expect(failed).toEqual(['sequence-dealt']);
  });

  it('is fine with padding, which is told', () => {
    const { verdict, detail } = told({ implementation: 'deepspeed-5823', sequenceSplit: 'pad' });
    expect(verdict).toBe('fine');
    expect(detail).toContain('2 tokens of padding travel with the 18 of the sequence');
  });

  it('raises with the words of its caller where it refuses', () => {
    const { exception } = told({ implementation: 'diffusers-unified', sequenceSplit: 'refuse' });
    expect(exception).toMatchObject({
      error: 'AssertionError',
      message: 'Tensor size along dimension to be sharded must be divisible by mesh size',
    });
    const { exception: loader, detail } = told({
      implementation: 'deepspeed-alst',
      sequenceSplit: 'refuse',
    });
    expect(loader?.message).toBe("batch's seqlen=18 isn't divisible by sp-size=4");
    expect(detail).toContain('the ranks must divide it. Here 18 % 4 = 2');
    expect(told({ sequenceSplit: 'refuse', seq: 16, sp: 2 }).exception).toBeNull();
  });

  it('undoes a zigzag that was never done: [0, 1, 4, 5, 6, 7, 2, 3] on 2 ranks', () => {
    const { verdict, headline, detail } = told({
      implementation: 'transformer-engine-bshd',
      sp: 2,
      seq: 8,
      heads: 4,
      kvHeads: 4,
      sequenceOrder: 'contiguous',
    });
    expect(verdict).toBe('silently wrong');
    expect(headline).toContain('the tokens stand in the order 0, 1, 4, 5, 6, 7, 2, 3.');
    expect(detail).toContain('was dealt in contiguous chunks; TransformerEngine, bshd expects');
  });

  it('says nothing that goes without saying', () => {
    const usual = read({ sequenceSplit: 'nearly-equal', sequenceOrder: 'contiguous' });
    expect(usual.ok && usual.case).not.toHaveProperty('sequenceSplit');
    expect(usual.ok && usual.case).not.toHaveProperty('sequenceOrder');
    const list = read({ sequenceSplit: [5, 5, 4, 4] });
    expect(list.ok && list.case.sequenceSplit).toBe('5,5,4,4');
  });

  it.each([
    [
      { sequenceSplit: 'equal' },
      /^sequenceSplit is "equal"; allowed are nearly-equal, chunk, drop/,
    ],
    [
      { sequenceSplit: '5,5' },
      /^sequenceSplit lists 2 lengths; it must list one for each of 4 ranks/,
    ],
    [{ sequenceSplit: '9,5,5,5' }, /^sequenceSplit lists 24 tokens; the sequence has 18/],
    [
      { sequenceSplit: '5,5,4,4', sequenceOrder: 'balanced' },
      /it is dealt contiguous, not balanced/,
    ],
    [{ sequenceSplit: 'chunk', sequenceOrder: 'strided' }, /strided ranks take every P-th token/],
    [
      { sequenceOrder: 'zigzag' },
      /^sequenceOrder is "zigzag"; allowed are contiguous, balanced, strided/,
    ],
    [{ implementation: 'prime-rl', sequenceSplit: 'drop' }, /packs its documents/],
  ])('is refused in words: %o', (fields, message) => {
    const parsed = read(fields);
    expect(parsed.ok ? '' : parsed.problems[0]?.message).toMatch(message);
  });
});
