import { describe, expect, it } from 'vitest';
import { LIMITS } from './case-form.ts';
import { DEFAULT_CASE, parseCase } from './case-input.ts';

const { calls: _, ...fields } = DEFAULT_CASE;

function problemWith(patch: Record<string, unknown>) {
  const parsed = parseCase({ ...fields, ...patch });
  return parsed.ok ? null : parsed.problems[0];
}

describe('a case from outside', () => {
  it('gets its calls from its program', () => {
    expect(parseCase(fields)).toEqual({ ok: true, case: DEFAULT_CASE });
  });

  it('may carry what real ranks returned', () => {
    expect(parseCase({ ...DEFAULT_CASE, expected: [] }).ok).toBe(true);
  });

  it.each(['sp', 'batch', 'seq', 'heads', 'kvHeads', 'headDim', 'numKvHeadsBefore'] as const)(
    'refuses what is no size in %s, and says what is allowed',
    (field) => {
      for (const value of [0, -1, 2.5, LIMITS[field] + 1, 1e300, Number.NaN, '4', [], {}]) {
        const problem = problemWith({ [field]: value });
        expect(problem?.field).toBe(field);
        expect(problem?.message).toContain(field);
        expect(problem?.message).toContain(`a whole number from 1 to ${LIMITS[field]}`);
      }
    },
  );

  it('quotes whatever a page may hand over, and throws at none of it', () => {
    const cycle: Record<string, unknown> = {};
    cycle.itself = cycle;
    const hostile = {
      toJSON: () => {
        throw new Error('no');
      },
    };
    const anything = [8n, cycle, hostile, Symbol('s'), () => 4, new Map(), Object.create(null)];
    for (const field of Object.keys({
      ...fields,
      gatherIdx: 0,
      kvRepeat: '',
      fault: {},
      guards: {},
    })) {
      for (const value of anything) {
        const problem = problemWith({ [field]: value });
        if (field === 'fault' || field === 'guards') continue;
        expect(problem?.message, `${field} as ${typeof value}`).toContain(field);
      }
    }
    for (const whole of [...anything, [8n], 8n, 'x']) expect(parseCase(whole).ok).toBe(false);
    expect(parseCase({ ...fields, calls: [cycle, 8n] }).ok).toBe(false);
    expect(parseCase({ ...fields, calls: 8n }).ok).toBe(false);
  });

  it('names the implementations that there are', () => {
    expect(problemWith({ implementation: 'deepspeed-1' })?.message).toMatch(
      /implementation is "deepspeed-1"; allowed are deepspeed-4198, /,
    );
  });

  it('names the two layouts', () => {
    expect(problemWith({ batchDimIdx: 2 })?.message).toMatch(/allowed are 0 .* and 1 /);
  });

  it('refuses fields that it does not know', () => {
    expect(problemWith({ worldSize: 4 })?.message).toMatch(/worldSize is no field of a case/);
  });

  it('wants a known program, or calls', () => {
    expect(problemWith({ program: 'mine' })?.field).toBe('program');
    const calls = [{ tensor: 'q', heads: 8, pass: 1 }];
    expect(parseCase({ ...fields, program: 'mine', calls }).ok).toBe(true);
  });

  it('wants a pass 1 before a pass 2', () => {
    const calls = [{ tensor: 'q', heads: 8, pass: 2, to: 'o' }];
    expect(problemWith({ calls })?.message).toMatch(/no pass 1 of it stands before/);
  });

  it.each([[null], ['a case'], [7], [[]]])('refuses %j', (input) => {
    const parsed = parseCase(input);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems[0]?.message).toMatch(/a case must be an object/);
  });

  it.each([
    [
      { rank: 'x', call: 0 },
      'rank of the fault is "x"; it must be a whole number, 0 for the first',
    ],
    [{ rank: '', call: 0 }, 'rank of the fault is missing; it must be a whole number'],
    [{ rank: 0, call: -1 }, 'call of the fault is -1; it must be a whole number'],
    [{ rank: 1.5, call: 0 }, 'rank of the fault is 1.5; it must be a whole number'],
    [{ rank: 99, call: 0 }, 'fault strikes rank 99; the ranks are 0 to 3'],
    [{ rank: 0, call: 2 }, 'fault strikes call 2; the calls are 0 to 1'],
  ])('refuses a fault at %j', (where, sentence) => {
    const problem = problemWith({ fault: { kind: 'raises-in', ...where } });
    expect(problem?.field).toBe('fault');
    expect(problem?.message).toContain(sentence);
  });

  it('lets only a rank with a Worker of its own be gone', () => {
    const fault = { kind: 'terminates', rank: 0, call: 0 };
    expect(problemWith({ fault, sp: 65, seq: 65 })?.message).toContain('at most 64 ranks');
    expect(problemWith({ fault: { ...fault, kind: 'dances' } })?.message).toContain(
      'raises-before',
    );
  });

  it('lets no lone rank call another collective than the others', () => {
    const fault = { kind: 'other-collective', rank: 0, call: 0 };
    expect(problemWith({ fault, sp: 1 })?.message).toContain('needs other ranks');
    expect(problemWith({ fault, sp: 2 })).toBeNull();
  });

  it('says how large a case would be that is too large', () => {
    const problem = problemWith({ seq: 65_536, heads: 1024, headDim: 512 });
    expect(problem?.message).toMatch(/would hold about [\d,]+ MB .* the limit is 256 MB/);
  });

  describe('with conditions of its own', () => {
    const published = 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0';

    function conditionsOf(patch: Record<string, unknown>) {
      const parsed = parseCase({ ...fields, ...patch });
      return parsed.ok ? [parsed.case.condition, parsed.case.guards] : parsed.problems[0]?.message;
    }

    it('keeps each alone, in one line', () => {
      const condition =
        'if (num_heads %\n  seq_world_size and scatter_idx == 2):  # only in pass 1';
      const guards = { 'more-heads-than-ranks': 'assert num_heads >= seq_world_size, "too few"' };
      expect(conditionsOf({ condition, guards })).toEqual([
        'num_heads % seq_world_size and scatter_idx == 2',
        { 'more-heads-than-ranks': 'num_heads >= seq_world_size' },
      ]);
    });

    it('leaves out what is as published', () => {
      const guards = { 'heads-divisible': 'assert (num_total_head % seq_world_size == 0)' };
      const parsed = parseCase({ ...fields, condition: `if ${published}:`, guards });
      expect(parsed).toEqual({ ok: true, case: DEFAULT_CASE });
      expect(conditionsOf({ condition: null, guards: null })).toEqual([undefined, undefined]);
      expect(conditionsOf({ guards: {} })).toEqual([undefined, undefined]);
    });

    it.each([
      [{ condition: 7 }, /^condition is 7; it must be a text of 1 to 1000 characters/],
      [{ condition: '' }, /^condition cannot be read at character 1: a condition is expected/],
      [
        { condition: 'num_heads and open("x")' },
        /^condition cannot be read at character 15: a call of "open" is not allowed here$/,
      ],
      [
        { condition: published, implementation: 'verl' },
        /^condition cannot be set for verl, which has one path only; it can for deepspeed-6392, /,
      ],
      [{ guards: 'True' }, /^guards is "True"; it must be \{id: condition\}/],
      [{ guards: { 'heads-divisible': 1 } }, /^guards is .*it must be \{id: condition\}/],
      [
        { guards: { 'heads-divisible': 'H_PAD < 2' } },
        /^guards\.heads-divisible cannot be read at character 1: "H_PAD" is not known here; .*num_total_head/,
      ],
      [
        { guards: { 'padding-fits': 'True' } },
        /^guards names "padding-fits", which deepspeed-6392 has not; allowed are more-heads-than-ranks, heads-divisible$/,
      ],
      [
        { guards: { 'heads-divisible': 'True' }, implementation: 'yunchang-4d' },
        /^guards names "heads-divisible", but yunchang-4d asserts nothing; guards are in deepspeed-5823, /,
      ],
    ])('refuses %j', (patch, message) => {
      expect(conditionsOf(patch)).toMatch(message);
    });
  });
});
