import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { product } from '../base/numbers.ts';
import { DEFAULT_CASE } from '../core/cases/case-input.ts';
import { readModelConfig } from '../core/cases/models/read-config.ts';
import { MODEL_PROGRAM } from '../core/contract/case.ts';
import { anyCase, caseWith, runOf } from '../core/world/testing.ts';
import { journeyOf } from '../trace/provenance.ts';
import { isHeld, rankStateAt } from '../trace/state.ts';
import type { Trace } from '../trace/trace.ts';
import { modelIn, verdictsOfKinds } from './model.ts';
import type { RunCase } from './state.ts';
import { createRankscopeStore } from './store.ts';

const inThisThread: RunCase = (wanted, _, until) => Promise.resolve(runOf(wanted, until));

async function opened() {
  const store = createRankscopeStore(inThisThread);
  await store.getState().open(DEFAULT_CASE, 'settle');
  return store;
}

describe('a change of the implementation', () => {
  it('keeps conditions of the case where they have a place', async () => {
    const store = await opened();
    const guards = { 'heads-divisible': 'True', 'more-heads-than-ranks': 'num_heads > 1' };
    await store.getState().change({ condition: 'if num_heads > 1:', guards });
    await store.getState().change({ implementation: 'deepspeed-6797' });
    expect(store.getState().case).toMatchObject({ condition: 'num_heads > 1', guards });
    await store.getState().change({ implementation: 'deepspeed-5823' });
    expect(store.getState().case).not.toHaveProperty('condition');
    expect(store.getState().case.guards).toEqual({ 'heads-divisible': 'True' });
    await store.getState().change({ implementation: 'verl' });
    expect(store.getState()).toMatchObject({ problems: [], case: { implementation: 'verl' } });
    expect(store.getState().case).not.toHaveProperty('guards');
  });
});

describe('opening a case', () => {
  it('runs it, judges it, and stands where it fails', async () => {
    const { shown, cursor, direction } = (await opened()).getState();
    expect(shown?.verdict).toBe('raises');
    expect(cursor).toBe((shown?.trace.ticks ?? 0) - 1);
    expect(direction).toBe(0);
  });

  it('plays from the start when asked to, and from pass 2 for a repair', async () => {
    const store = createRankscopeStore(inThisThread);
    await store.getState().open(DEFAULT_CASE, 'play');
    expect(store.getState()).toMatchObject({ cursor: 0, direction: 1 });
    await store.getState().open(DEFAULT_CASE, 'play-pass-2');
    const { shown, cursor } = store.getState();
    expect(cursor).toBe(shown?.trace.calls[1]?.first);
  });

  it('shows the later of two cases, whichever is done first', async () => {
    const finish: (() => void)[] = [];
    const store = createRankscopeStore((wanted, signal) =>
      new Promise<void>((resolve) => finish.push(resolve)).then(() =>
        inThisThread(wanted, signal, null),
      ),
    );
    const first = store.getState().open(DEFAULT_CASE, 'settle');
    const second = store
      .getState()
      .open({ ...DEFAULT_CASE, implementation: 'deepspeed-6797' }, 'settle');
    finish[1]?.();
    await second;
    finish[0]?.();
    await first;
    expect(store.getState().shown?.case.implementation).toBe('deepspeed-6797');
  });

  it('says so when ranks are lost, and keeps the last run', async () => {
    const store = await opened();
    const before = store.getState().shown;
    const lost = createRankscopeStore(() => Promise.reject(new Error('Rank 2 did not come back.')));
    await lost.getState().open(DEFAULT_CASE, 'settle');
    expect(lost.getState().status).toEqual({
      kind: 'failed',
      message: 'Rank 2 did not come back.',
    });
    expect(store.getState().shown).toBe(before);
  });

  it('knows which ranks do not answer, until all do', async () => {
    const seen: unknown[] = [];
    const store = createRankscopeStore(async (wanted, signal, until, tellSilence) => {
      tellSilence?.([2], 8, false);
      seen.push(store.getState().status);
      tellSilence?.([], 0, false);
      seen.push(store.getState().status);
      return inThisThread(wanted, signal, until);
    });
    await store.getState().open(DEFAULT_CASE, 'settle');
    expect(seen).toEqual([
      { kind: 'running', silence: { ranks: [2], seconds: 8, starting: false } },
      { kind: 'running', silence: null },
    ]);
    expect(store.getState().status).toEqual({ kind: 'done' });
  });
});

describe('changing a field', () => {
  it('runs the new case', async () => {
    const store = await opened();
    await store.getState().change({ implementation: 'deepspeed-6797' });
    expect(store.getState().shown?.verdict).toBe('fine');
  });

  it('keeps the sequence where the ranks go on dividing it, and KV heads beside heads', async () => {
    const store = await opened();
    await store.getState().change({ sp: 2 });
    expect(store.getState()).toMatchObject({ case: { sp: 2, seq: 8 }, notice: null });
    await store.getState().change({ sp: 8 });
    expect(store.getState()).toMatchObject({ case: { sp: 8, seq: 8 }, notice: null });
    await store.getState().change({ heads: 12 });
    expect(store.getState().case).toMatchObject({ heads: 12, kvHeads: 12 });
  });

  it('takes the nearest sequence that the ranks divide, and says so', async () => {
    const store = await opened();
    await store.getState().change({ sp: 5 });
    expect(store.getState().case.seq).toBe(10);
    expect(store.getState().notice?.text).toContain('10 tokens instead of 8');
    await store.getState().change({ sp: 16 });
    expect(store.getState().case.seq).toBe(16);
    await store.getState().change({ sp: 4, seq: 6 });
    await store.getState().change({ sp: 2 });
    // Ranks that did not divide it were meant not to.
    expect(store.getState().case.seq).toBe(6);
    await store.getState().change({ sp: 4 });
    expect(store.getState().case.seq).toBe(8);
  });

  it('leaves the sequence alone however far the number of ranks is dragged in between', async () => {
    const store = await opened();
    for (const sp of [5, 6, 7, 8]) {
      await store.getState().change({ sp }, undefined, { draft: 'sp' });
    }
    store.getState().rest();
    expect(store.getState()).toMatchObject({ case: { sp: 8, seq: 8 }, notice: null });
  });

  it('refuses what is wrong at its field and keeps the last good case', async () => {
    const store = await opened();
    const { shown } = store.getState();
    await store.getState().change({ heads: 2.5 });
    expect(store.getState().problems).toEqual([
      { field: 'heads', message: 'heads is 2.5; it must be a whole number from 1 to 1024' },
    ]);
    expect(store.getState().shown).toBe(shown);
    await store.getState().change({ heads: 4 });
    expect(store.getState().problems).toEqual([]);
  });
});

describe('playing', () => {
  it('runs to the end and rests, and back to the start and rests', async () => {
    const store = await opened();
    const { play, tick, seek } = store.getState();
    seek(0);
    play(1);
    for (let frame = 0; frame < 5000 && store.getState().direction !== 0; frame++) tick(16);
    const end = (store.getState().shown?.trace.ticks ?? 0) - 1;
    expect(store.getState().cursor).toBe(end);
    play(-1);
    for (let frame = 0; frame < 5000 && store.getState().direction !== 0; frame++) tick(16);
    expect(store.getState().cursor).toBe(0);
  });

  it('steps one moment on and back', async () => {
    const store = await opened();
    store.getState().setMotion(false);
    store.getState().seek(3.4);
    store.getState().step(1);
    expect(store.getState().cursor).toBe(4);
    store.getState().step(-1);
    expect(store.getState().cursor).toBe(3);
  });

  it('never leaves the trace', async () => {
    const store = await opened();
    store.getState().setMotion(false);
    store.getState().seek(-5);
    store.getState().step(-1);
    expect(store.getState().cursor).toBe(0);
    store.getState().seek(Number.POSITIVE_INFINITY);
    store.getState().step(1);
    expect(store.getState().cursor).toBe((store.getState().shown?.trace.ticks ?? 0) - 1);
  });
});

describe('choosing a model', () => {
  const plain = { name: 'attention', heads: 32, kvHeads: 8, headDim: null };
  const llama = { name: 'Llama 3.1 8B', kinds: [plain] };

  it('runs what its job runs, KV heads and the backward taking part', async () => {
    const store = await opened();
    await store.getState().chooseModel(llama);
    expect(store.getState().case).toMatchObject({ program: MODEL_PROGRAM, kvHeads: 8 });
    expect(store.getState().modelName).toBe('Llama 3.1 8B');
  });

  it('keeps what a person then chose to run, for the next model too', async () => {
    const store = await opened();
    await store.getState().chooseModel(llama);
    await store.getState().change({ program: 'layerForward' });
    expect(store.getState().case.program).toBe('layerForward');
    await store.getState().chooseModel({ name: 'another', kinds: [{ ...plain, kvHeads: 4 }] });
    expect(store.getState().case).toMatchObject({ program: 'layerForward', kvHeads: 4 });
  });

  it('never takes its KV heads for the heads of a second model', async () => {
    const store = await opened();
    await store.getState().change({ program: 'twoModels' });
    await store.getState().chooseModel(llama);
    expect(store.getState().case).toMatchObject({ program: MODEL_PROGRAM, heads: 32 });
  });

  it('of several kinds of layer shows the one that fares worst, and each on demand', async () => {
    const store = createRankscopeStore(inThisThread);
    await store.getState().open(caseWith({ implementation: 'yunchang-4d', sp: 8 }), 'settle');
    const text = JSON.stringify({
      model_type: 'gemma4',
      text_config: {
        num_attention_heads: 32,
        num_key_value_heads: 16,
        num_global_key_value_heads: 4,
        layer_types: ['sliding_attention', 'full_attention'],
      },
    });
    const read = readModelConfig(text);
    if (!read.ok) throw new Error(read.message);
    await store.getState().chooseModel(read.model);
    expect(store.getState().case.kvHeads).toBe(4);
    const verdicts = verdictsOfKinds(store.getState()).map(({ verdict }) => verdict);
    expect(verdicts[0]).toBe('fine');
    expect(verdicts[1]).toBe(store.getState().shown?.verdict);
    expect(verdicts[1]).not.toBe('fine');
    await store.getState().chooseKind(at(read.model.kinds, 0));
    expect(store.getState().case.kvHeads).toBe(16);
    expect(store.getState().shown?.verdict).toBe('fine');
    expect(modelIn(store.getState())).toBe(read.model);
  });

  it('with a vision tower fills both of two models', async () => {
    const store = createRankscopeStore(inThisThread);
    await store
      .getState()
      .open(caseWith({ implementation: 'deepspeed-6797', sp: 8, heads: 8, seq: 8 }), 'settle');
    const text = JSON.stringify({
      vision_config: { num_heads: 16, hidden_size: 1280 },
      text_config: { num_attention_heads: 28, num_key_value_heads: 28 },
    });
    const read = readModelConfig(text, 'vl.json');
    if (!read.ok) throw new Error(read.message);
    await store.getState().chooseModel(read.model);
    expect(store.getState().case).toMatchObject({ program: 'twoModels', heads: 16, kvHeads: 28 });
    expect(store.getState().shown?.verdict).toBe('ranks disagree');
    await store.getState().chooseProgram('layerForward');
    expect(store.getState().case).toMatchObject({ program: 'layerForward', heads: 28 });
    await store.getState().chooseProgram('twoModels');
    expect(store.getState().case).toMatchObject({ heads: 16, kvHeads: 28 });
  });
});
describe('an element that is followed', () => {
  it('is followed on where the next run has it, and no longer where it has not', async () => {
    const counts = { kept: 0, dropped: 0 };
    const somewhere = fc.record({ tick: fc.nat(), rank: fc.nat(), place: fc.nat() });
    await fc.assert(
      fc.asyncProperty(anyCase, anyCase, somewhere, async (one, next, anywhere) => {
        const store = createRankscopeStore(inThisThread);
        await store.getState().open(one, 'settle');
        const before = store.getState().shown;
        if (before === null) throw new Error('nothing is shown');
        const selection = heldIn(before.trace, anywhere);
        if (selection === null) return;
        store.getState().look({ selection });
        await store.getState().open(next, 'settle');
        const { shown, selection: kept } = store.getState();
        if (shown === null) throw new Error('nothing is shown');
        expect(kept).toEqual(isHeld(shown.trace, selection) ? selection : null);
        counts[kept === null ? 'dropped' : 'kept'] += 1;
        if (kept !== null) expect(journeyOf(shown.trace, kept)).not.toBeNull();
      }),
      { numRuns: 120 },
    );
    expect(counts.kept).toBeGreaterThan(0);
    expect(counts.dropped).toBeGreaterThan(0);
  });

  /** Some element that a rank of the run holds, by numbers however large. */
  function heldIn(trace: Trace, anywhere: { tick: number; rank: number; place: number }) {
    const tick = anywhere.tick % trace.ticks;
    const rank = anywhere.rank % trace.lanes.length;
    const size = product(rankStateAt(trace, rank, tick).holding[0]?.shape ?? [0]);
    return size === 0 ? null : { tick, rank, tensor: 0, place: anywhere.place % size };
  }
});
