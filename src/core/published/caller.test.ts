import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAlike } from '../bulk/alike.ts';
import { DEFAULT_CASE, parseCase } from '../cases/case-input.ts';
import { type Case, callsOf, PROGRAMS } from '../contract/case.ts';
import { judge, judgeBriefly } from '../judge/checks/index.ts';
import { outcomesOf } from '../judge/outcome.ts';
import { findImplementation, IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import { eventsByCall } from '../recording/event.ts';
import { anyCase, runOf } from '../world/testing.ts';
import { guardsOf } from './implementation.ts';

function read(input: Record<string, unknown>): Case {
  const parsed = parseCase({ batch: 1, headDim: 1, batchDimIdx: 0, ...input });
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.case;
}

/** What every rank of a case came to in the last call that was reached. */
function endOf(input: Record<string, unknown>) {
  const wanted = read(input);
  const recording = runOf(wanted);
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error('no such code');
  const calls = outcomesOf(recording, implementation);
  return { call: calls.length - 1, ranks: calls.at(-1)?.ranks ?? [], judged: judge(recording) };
}

const QWEN = {
  implementation: 'verl',
  program: 'layerForward',
  heads: 28,
  kvHeads: 4,
  sp: 8,
  seq: 8,
};

describe('the published caller', () => {
  it('takes part where a program is named, and stays away from a list of calls', () => {
    expect(read(QWEN).caller).toBe('published');
    const calls = callsOf('layerForward', 28, 4);
    expect(read({ ...QWEN, calls }).caller).toBeUndefined();
    expect(read({ ...QWEN, calls, caller: 'published' }).caller).toBe('published');
    expect(read({ ...QWEN, caller: 'bypassed' }).caller).toBeUndefined();
    expect(read({ ...QWEN, caller: null }).caller).toBe('published');
    expect(parseCase({ ...DEFAULT_CASE, caller: 'perhaps' })).toMatchObject({
      problems: [{ field: 'caller', message: expect.stringContaining('published, bypassed') }],
    });
  });

  it('is not spoken of where nothing stands around the function', () => {
    expect(read({ ...QWEN, implementation: 'deepspeed-5823', program: 'roundTrip' }).caller).toBe(
      undefined,
    );
    expect(DEFAULT_CASE.caller).toBeUndefined();
  });

  it.each([
    [QWEN, 'AssertionError', 'num_attention_heads 28 must be divisible by ulysses_sp_size 8'],
    [
      { ...QWEN, heads: 24, kvHeads: 6, sp: 4 },
      'AssertionError',
      'num_key_value_heads 6 must be divisible by ulysses_sp_size 4or vise versa. ' +
        'Upon ulysses_sp_size % num_key_value_heads == 0,kv heads are repeated to ensure correctness.',
    ],
    [
      { implementation: 'transformer-engine-bshd', sp: 2, seq: 6, heads: 2 },
      'AssertionError',
      'Sequence length per GPU needs to be divisible by 2!',
    ],
    [
      {
        implementation: 'transformer-engine-sbhd',
        batchDimIdx: 1,
        sp: 16,
        seq: 32,
        heads: 32,
        kvHeads: 8,
      },
      'AssertionError',
      'The number of attention heads needs to be divisible by CP size!',
    ],
    // Both would fail: the heads are asked first.
    [
      { implementation: 'transformer-engine-bshd', sp: 2, seq: 6, heads: 3 },
      'AssertionError',
      'The number of attention heads needs to be divisible by CP size!',
    ],
    // The model is built before a batch is loaded: heads first, then the tokens.
    [
      { implementation: 'deepspeed-alst', sp: 2, seq: 3, heads: 3 },
      'ValueError',
      'Attention head count 3 is not divisible by SP size 2',
    ],
    [
      { ...QWEN, implementation: 'deepspeed-alst', heads: 24, kvHeads: 6, sp: 4, seq: 9 },
      'ValueError',
      'KV attention head count 6 is not divisible by SP size 4 or vice versa',
    ],
    [
      { implementation: 'deepspeed-alst', sp: 4, seq: 10, heads: 8 },
      'ValueError',
      "batch's seqlen=10 isn't divisible by sp-size=4",
    ],
  ])('%j raises on every rank before anything is exchanged', (input, error, message) => {
    const { call, ranks, judged } = endOf(input);
    expect(call).toBe(0);
    expect(ranks.length).toBe(input.sp);
    for (const rank of ranks) expect(rank).toMatchObject({ error, message });
    for (const rank of ranks) expect(rank.collective).toBeUndefined();
    expect(judged.verdict).toBe('raises');
  });

  it('leaves its guards in the recording, with their operands', () => {
    const [own] = runOf(read(QWEN)).ranks;
    expect(own?.events.slice(1)).toMatchObject([
      {
        kind: 'guarded',
        guard: 'model-heads-divisible',
        held: false,
        evaluation: { parts: expect.arrayContaining([expect.objectContaining({ value: 28 })]) },
      },
      { kind: 'raised' },
    ]);
  });

  it('is asked once for each layer, with the heads of its model', () => {
    const asked = (input: Record<string, unknown>) =>
      eventsByCall(runOf(read(input)).ranks[0] ?? { events: [], storages: [] }).map(
        ({ events }) => events.filter(({ kind }) => kind === 'guarded').length,
      );
    const fits = { ...QWEN, heads: 8, kvHeads: 8, sp: 2 };
    expect(asked({ ...fits, program: 'layerForwardBackward' })).toEqual([2, 0, 0, 0, 0, 0, 0, 0]);
    expect(asked({ ...fits, program: 'twoLayers' })).toEqual([2, 0, 0, 0, 2, 0, 0, 0]);
    const { call, ranks } = endOf({ ...fits, program: 'twoModels', kvHeads: 7 });
    expect(call).toBe(2);
    expect(ranks[0]?.message).toBe('num_attention_heads 7 must be divisible by ulysses_sp_size 2');
  });

  it('can be bypassed: then its ranks disagree, as they would', () => {
    expect(endOf({ ...QWEN, caller: 'bypassed' }).judged.verdict).toBe('ranks disagree');
  });

  it('repeats scarce KV heads in place; alone, the function does not', () => {
    const scarce = { ...QWEN, heads: 32, kvHeads: 8, sp: 16, seq: 16 };
    expect(endOf(scarce).judged.verdict).toBe('fine');
    expect(endOf({ ...scarce, caller: 'bypassed' }).judged.verdict).toBe('ranks disagree');
    expect(endOf({ ...scarce, program: 'layerForwardBackward' }).judged.verdict).toBe('fine');
  });

  it('has guards that a case can replace', () => {
    const guards = {
      'model-heads-divisible': 'num_attention_heads >= ulysses_sp_size',
      'model-kv-heads-divisible': 'True',
    };
    const { judged } = endOf({ ...QWEN, guards });
    expect(judged.verdict).toBe('ranks disagree');
    const [owned] = runOf(read({ ...QWEN, guards })).ranks;
    expect(owned?.events[1]).toMatchObject({
      condition: guards['model-heads-divisible'],
      held: true,
    });
  });

  it('never makes a run of what comes with a list of calls another', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const { caller: _, ...bare } = wanted;
        const parsed = parseCase(bare);
        expect(parsed).toMatchObject({ ok: true, case: bare });
        expect(parsed.ok && parsed.case.caller).toBeUndefined();
      }),
    );
  });

  it('has ids of its own for its guards', () => {
    for (const implementation of IMPLEMENTATIONS) {
      const ids = guardsOf(implementation).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('attention between the passes', () => {
  const NO_KEY = {
    implementation: 'deepspeed-8317',
    program: 'layerForward',
    sp: 8,
    seq: 16,
    heads: 28,
    kvHeads: 4,
    headDim: 2,
  };
  const MESSAGE =
    'The size of tensor a (3) must match the size of tensor b (0) at non-singleton dimension 1';

  it.each([0, 1])('raises on the ranks without a KV head, layout %i', (batchDimIdx) => {
    const { call, ranks, judged } = endOf({ ...NO_KEY, batchDimIdx });
    expect(call).toBe(3);
    for (const rank of ranks.slice(0, 4)) {
      expect(rank).toMatchObject({ error: 'PeerFailed', ranks: [4, 5, 6, 7] });
    }
    for (const rank of ranks.slice(4)) {
      expect(rank).toMatchObject({ error: 'RuntimeError', message: MESSAGE });
    }
    expect(judged.findings.find(({ check }) => check === 'no-exception')?.evidence).toMatchObject([
      { ranks: [4, 5, 6, 7], call: 3 },
    ]);
  });

  it('is not there where the function is called alone', () => {
    const calls = callsOf('layerForward', 28, 4);
    for (const alone of [{ calls }, { caller: 'bypassed' }]) {
      const { ranks } = endOf({ ...NO_KEY, ...alone });
      expect(ranks.every(({ error }) => error === undefined)).toBe(true);
    }
  });

  it('raises where nobody attends in numbers as well: on the map, and in large cases', () => {
    const wanted = read({ ...NO_KEY, seq: 1024, headDim: 8 });
    expect(judge(runOf(wanted)).verdict).toBe(judgeBriefly(runOf(read(NO_KEY))).verdict);
    const code = findImplementation(wanted.implementation);
    if (code === undefined) throw new Error('no such code');
    expect(judgeBriefly(runAlike(read(NO_KEY), code)).verdict).toBe(
      judgeBriefly(runOf(read(NO_KEY))).verdict,
    );
  });

  it('widens a single query head to none, of which pass 2 then sends nothing', () => {
    const { call, ranks, judged } = endOf({ ...NO_KEY, sp: 4, heads: 5, kvHeads: 3, seq: 8 });
    expect([call, ranks[3]?.error, judged.verdict]).toEqual([3, 'SplitMismatch', 'ranks disagree']);
  });

  it('lets no rank without a KV head come to its end, whatever the code and the heads', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...IMPLEMENTATIONS),
        fc.constantFrom(...PROGRAMS.filter((name) => name.startsWith('layer'))),
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 8 }),
        ({ id, layouts }, program, sp, heads, kvHeads) => {
          const seq = 2 * sp;
          const wanted = read({
            implementation: id,
            batchDimIdx: layouts[0],
            program,
            sp,
            seq,
            heads,
            kvHeads,
          });
          for (const ranked of runOf(wanted).ranks) {
            const [q, k, , o] = eventsByCall(ranked).map(({ events }) => events.at(-1));
            if (q?.kind !== 'returned' || k?.kind !== 'returned') continue;
            const [queries, keys] = [q.output.shape.at(-2), k.output.shape.at(-2)];
            if (keys === 0 && queries !== 0) expect(o?.kind).not.toBe('returned');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a layout that a code does not know', () => {
  const known = IMPLEMENTATIONS.filter(({ layouts }) => layouts.length === 1);

  it.each(known.map(({ id, layouts }) => [id, layouts[0]] as const))(
    'is not run: %s runs in its own, %i, and a note says so',
    (id, layout) => {
      const fields = { sp: 4, batch: 1, seq: 8, heads: 8, headDim: 2, program: 'layerForward' };
      const own = parseCase({ ...fields, implementation: id, batchDimIdx: layout });
      const other = parseCase({ ...fields, implementation: id, batchDimIdx: 1 - (layout ?? 0) });
      expect(own).toEqual({ ok: true, case: own.ok && own.case });
      expect(other).toMatchObject({ ok: true, note: { field: 'batchDimIdx' } });
      expect(other.ok && other.case).toEqual(own.ok && own.case);
      expect(other.ok && judge(runOf(other.case)).verdict).toBe('fine');
    },
  );

  it('leaves a gather index as right, or as wrong, as it was', () => {
    const given = { implementation: 'verl', sp: 2, seq: 4, heads: 4, batchDimIdx: 1 };
    expect(read({ ...given, gatherIdx: 0 })).toMatchObject({ batchDimIdx: 0, gatherIdx: 1 });
    expect(read({ ...given, gatherIdx: 1 })).toMatchObject({ batchDimIdx: 0, gatherIdx: 0 });
    expect(read(given).gatherIdx).toBeUndefined();
  });
});

describe('how bad a verdict is', () => {
  const severity = (input: Record<string, unknown>) => {
    const { verdict, severity: bad } = endOf(input).judged;
    return `${verdict}: ${bad}`;
  };

  it('is a warning where heads are padded, or groups kept together, by design', () => {
    const padded = { implementation: 'diffusers-anything', sp: 4, seq: 8, heads: 30 };
    expect(severity(padded)).toBe('unbalanced: warning');
  });

  it('is a fault where a leftover count spread the heads, or left a rank without one', () => {
    const leftover = { implementation: 'deepspeed-6797', sp: 4, seq: 8 };
    expect(severity({ ...leftover, program: 'twoModels', heads: 7, kvHeads: 14 })).toBe(
      'unbalanced: fault',
    );
    expect(severity({ ...leftover, heads: 14, numKvHeadsBefore: 7 })).toBe('unbalanced: fault');
    expect(severity({ ...leftover, heads: 12, numKvHeadsBefore: 3 })).toMatch(/: fault$/);
  });

  it('is a fault for every worse verdict, and fine for fine', () => {
    expect(severity({ implementation: 'deepspeed-5823', sp: 4, seq: 8, heads: 6 })).toBe(
      'raises: fault',
    );
    expect(severity({ implementation: 'deepspeed-5823', sp: 4, seq: 8, heads: 8 })).toBe(
      'fine: fine',
    );
  });
});

describe('a class that is built for one head count', () => {
  const BUILT = { implementation: 'deepspeed-alst', batchDimIdx: 1, sp: 2, seq: 4, headDim: 2 };
  const calls = (heads: number, kvHeads: number) => callsOf('layerForward', heads, kvHeads);

  it.each([
    [4, 4, 'query input tensor does not match the required shape torch.Size([2, 1, 8, 2])'],
    [8, 2, 'key or value input tensor does not match the required shape torch.Size([2, 1, 4, 2])'],
    [4, 2, 'query input tensor does not match the required shape torch.Size([2, 1, 8, 2])'],
  ])('refuses %i/%i heads where it has 8/4, on every rank, before it sends', (q, k, words) => {
    const { call, ranks } = endOf({ ...BUILT, heads: 8, kvHeads: 4, calls: calls(q, k) });
    expect(call).toBe(0);
    ranks.forEach((rank, number) => {
      expect(rank).toMatchObject({ error: 'AssertionError', message: `[${number}]: ${words}` });
      expect(rank.collective).toBeUndefined();
    });
  });

  it('refuses a vision tower’s heads', () => {
    const there = (tensor: string) => ({ tensor, heads: 16, pass: 1 });
    const { ranks, judged } = endOf({
      ...BUILT,
      program: 'vision',
      sp: 8,
      seq: 16,
      heads: 32,
      kvHeads: 8,
      calls: [there('q'), there('k'), there('v'), { tensor: 'q', heads: 16, pass: 2, to: 'o' }],
    });
    expect(ranks.map(({ error }) => error)).toEqual(Array(8).fill('AssertionError'));
    expect(judged.verdict).toBe('raises');
  });

  it('is built anew for a second model, and goes there and back with what it was built for', () => {
    expect(endOf({ ...BUILT, program: 'twoModels', heads: 8, kvHeads: 4 }).judged.verdict).toBe(
      'fine',
    );
    for (const program of PROGRAMS) {
      const { judged } = endOf({ ...BUILT, program, heads: 8, kvHeads: 4 });
      expect([program, judged.verdict]).toEqual([program, 'fine']);
    }
  });
});

describe('a count that the layer brings', () => {
  const LAYER = { implementation: 'deepspeed-8316', headDim: 2 };
  const held = (input: Record<string, unknown>, call: number) =>
    runOf(read({ ...LAYER, ...input })).ranks.map((ranked) => {
      const end = eventsByCall(ranked)[call]?.events.at(-1);
      return end?.kind === 'returned' ? end.output.shape[2] : null;
    });

  it('takes nothing from the process', () => {
    const own = { program: 'layerForward', sp: 4, seq: 8, heads: 12, numKvHeadsBefore: 3 };
    expect(held(own, 0)).toEqual([3, 3, 3, 3]);
    expect(endOf({ ...LAYER, ...own }).judged.verdict).toBe('fine');
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 9 }), (wanted, left) => {
        const clean = { ...wanted, implementation: LAYER.implementation, numKvHeadsBefore: null };
        const ends = (c: Case) => runOf(c).ranks.map(({ events }) => events.at(-1)?.kind);
        const { condition: _, guards: __, ...published } = clean;
        expect(ends({ ...published, numKvHeadsBefore: left })).toEqual(ends(published));
      }),
    );
  });

  it('is known before the queries go: groups stay together', () => {
    const own = { program: 'layerForwardBackward', sp: 2, seq: 4, heads: 6, kvHeads: 3 };
    expect([held(own, 0), held(own, 1)]).toEqual([
      [4, 2],
      [2, 1],
    ]);
    const { judged } = endOf({ ...LAYER, ...own });
    expect(judged.findings.find(({ check }) => check === 'gqa-groups')?.status).toBe('pass');
    expect([judged.verdict, judged.severity]).toEqual(['unbalanced', 'warning']);
  });

  it('keeps every group together, forward and backward, wherever it raises nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 6 }),
        fc.constantFrom(0, 1),
        (kvHeads, group, sp, batchDimIdx) => {
          const sizes = { sp, seq: sp, heads: kvHeads * group, kvHeads, batchDimIdx };
          const { verdict } = endOf({ ...LAYER, program: 'layerForwardBackward', ...sizes }).judged;
          expect(['fine', 'unbalanced']).toContain(
            kvHeads % sp === 0 || kvHeads > sp ? verdict : 'fine',
          );
        },
      ),
    );
  });

  it('is of each model by itself', () => {
    const two = { program: 'twoModels', sp: 4, seq: 8, heads: 7 };
    expect(held({ ...two, kvHeads: 14 }, 2)).toEqual([4, 4, 3, 3]);
    expect(held({ ...two, kvHeads: 12 }, 2)).toEqual([3, 3, 3, 3]);
  });
});
