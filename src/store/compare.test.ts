import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { range } from '../base/numbers.ts';
import { BROKEN_CASES } from '../content/museum/index.ts';
import { caseWithPatch, differencesOf } from '../core/case-text/case-patch.ts';
import { DEFAULT_CASE } from '../core/cases/case-input.ts';
import { anyCase, runOf } from '../core/world/testing.ts';
import { alignmentOf } from '../trace/beside/align.ts';
import { differenceText } from '../trace/beside/difference-text.ts';
import { firstDifference } from '../trace/beside/first-difference.ts';
import { cursorOfB } from '../trace/beside/shared-cursor.ts';
import { mergeTrace } from '../trace/trace.ts';
import { bothSides } from './comparison.ts';
import type { RankscopeStore, RunCase } from './state.ts';
import { createRankscopeStore } from './store.ts';

const inThisThread: RunCase = (wanted, _, until) => Promise.resolve(runOf(wanted, until));

const REPAIRED = { ...DEFAULT_CASE, implementation: 'deepspeed-6797' };

/** #6392 and #6797 side by side on #6774. */
async function compared(runPartner: RunCase = inThisThread): Promise<RankscopeStore> {
  const store = createRankscopeStore(inThisThread, runPartner);
  store.getState().setMotion(false);
  await store.getState().open(DEFAULT_CASE, 'settle');
  await store.getState().compare(REPAIRED);
  return store;
}

/** The partner follows a change of the case by itself; this waits until it has. */
async function settled(store: RankscopeStore): Promise<void> {
  while (store.getState().partner?.status.kind === 'running') {
    await new Promise((go) => setTimeout(go));
  }
}

describe('a case beside another', () => {
  it('is run and judged, and kept as what differs', async () => {
    const { partner, shown } = (await compared()).getState();
    expect(shown?.verdict).toBe('raises');
    expect(partner?.shown?.verdict).toBe('fine');
    expect(partner?.differs).toEqual({ implementation: 'deepspeed-6797' });
  });

  it('follows the fields that both share', async () => {
    const store = await compared();
    await store.getState().change({ heads: 20 });
    await settled(store);
    const { shown, partner } = store.getState();
    expect(shown?.verdict).toBe('ranks disagree');
    expect(partner?.case).toMatchObject({ implementation: 'deepspeed-6797', heads: 20 });
    expect(partner?.shown?.case.heads).toBe(20);
    expect(partner?.shown?.verdict).toBe('fine');
  });

  it('keeps the field that differs, whatever the other side has there', async () => {
    const store = await compared();
    expect(await store.getState().changePartner({ heads: 12 })).toEqual([]);
    expect(store.getState().partner?.differs).toEqual({
      implementation: 'deepspeed-6797',
      heads: 12,
      kvHeads: 12,
    });
    await store.getState().change({ heads: 16 });
    await settled(store);
    expect(store.getState().partner?.shown?.case.heads).toBe(12);
  });

  it('is the case of the page with a field changed, where none stands beside yet', async () => {
    const store = createRankscopeStore(inThisThread);
    await store.getState().open(REPAIRED, 'settle');
    await store.getState().changePartner({ numKvHeadsBefore: 3 });
    expect(store.getState().partner?.shown?.case.numKvHeadsBefore).toBe(3);
  });

  it('says which ranks do not answer while it runs, and no more once they do', async () => {
    const said: unknown[] = [];
    let store: RankscopeStore | null = null;
    const slowly: RunCase = async (wanted, signal, until, tellSilence) => {
      tellSilence?.([2], 8, false);
      said.push(store?.getState().partner?.status);
      tellSilence?.([], 0, false);
      said.push(store?.getState().partner?.status);
      return inThisThread(wanted, signal, until);
    };
    store = createRankscopeStore(inThisThread, slowly);
    await store.getState().open(DEFAULT_CASE, 'settle');
    await store.getState().compare(REPAIRED);
    expect(said).toEqual([
      { kind: 'running', silence: { ranks: [2], seconds: 8, starting: false } },
      { kind: 'running', silence: null },
    ]);
    expect(store.getState().partner?.status).toEqual({ kind: 'done' });
  });

  it('hears nothing of ranks that another case has overtaken', async () => {
    let tell: Parameters<RunCase>[3];
    const store = createRankscopeStore(inThisThread, (wanted, signal, until, tellSilence) => {
      if (wanted.implementation === REPAIRED.implementation) tell = tellSilence;
      return inThisThread(wanted, signal, until);
    });
    await store.getState().open(DEFAULT_CASE, 'settle');
    await store.getState().compare(REPAIRED);
    await store.getState().compare({ ...DEFAULT_CASE, heads: 12, kvHeads: 12 });
    tell?.([1], 3, false);
    expect(store.getState().partner?.status).toEqual({ kind: 'done' });
  });

  it('is refused where a field is wrong, and stays what it was', async () => {
    const store = await compared();
    const { partner } = store.getState();
    const problems = await store.getState().changePartner({ sp: 0 });
    expect(problems.map(({ message }) => message)).toEqual([
      'sp is 0; it must be a whole number from 1 to 1024',
    ]);
    expect(store.getState().partner).toBe(partner);
  });

  it('says why, where a change of the other side leaves it none', async () => {
    const store = await compared();
    await store.getState().changePartner({ headDim: 512 });
    const { partner } = store.getState();
    await store.getState().change({ seq: 65_536 });
    await settled(store);
    expect(store.getState().partner?.status).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('the limit is'),
    });
    expect(store.getState().partner?.shown).toBe(partner?.shown);
    await store.getState().change({ seq: 8 });
    await settled(store);
    expect(store.getState().partner?.status.kind).toBe('done');
  });

  it('may be overtaken, and left', async () => {
    const finish: (() => void)[] = [];
    const store = await compared((wanted, signal) =>
      finish.length === 0 && wanted === REPAIRED
        ? inThisThread(wanted, signal, null)
        : new Promise<void>((resolve) => finish.push(resolve)).then(() =>
            inThisThread(wanted, signal, null),
          ),
    );
    const slow = store.getState().changePartner({ heads: 12 });
    store.getState().endCompare();
    finish[0]?.();
    await slow;
    expect(store.getState().partner).toBeNull();
  });
});

describe('the two sides', () => {
  it('change places, and nothing runs again', async () => {
    let runs = 0;
    const store = await compared((wanted, signal) => {
      runs += 1;
      return inThisThread(wanted, signal, null);
    });
    const before = store.getState();
    before.swapSides();
    const after = store.getState();
    expect(after.shown).toBe(before.partner?.shown);
    expect(after.partner?.shown).toBe(before.shown);
    expect(after.case.implementation).toBe('deepspeed-6797');
    expect(after.partner?.differs).toEqual({ implementation: 'deepspeed-6392' });
    after.swapSides();
    expect(store.getState().shown).toBe(before.shown);
    expect(runs).toBe(1);
  });

  it('stay at the same step when they change places', async () => {
    const store = await compared();
    store.getState().seek(14);
    const there = cursorOfB(bothSides(store.getState()) ?? neverAligned(), 14);
    store.getState().swapSides();
    expect(store.getState().cursor).toBe(there);
  });

  it('are played at the pace of the slower', async () => {
    const playedFor = async (store: RankscopeStore) => {
      store.getState().seek(0);
      store.getState().play(1);
      let frames = 0;
      for (; store.getState().direction !== 0; frames++) store.getState().tick(16);
      return frames;
    };
    const store = await compared();
    const together = await playedFor(store);
    store.getState().endCompare();
    expect(together).toBeGreaterThan(await playedFor(store));
  });
});

describe('what differs between two cases', () => {
  it('makes the one of the other, absent fields too', () => {
    const parsed = caseWithPatch(DEFAULT_CASE, { kvRepeat: 'tile', program: 'layerForward' });
    if (!parsed.ok) throw new Error('it is a good case');
    const back = differencesOf(parsed.case, DEFAULT_CASE);
    expect(back).toEqual({ kvRepeat: null, program: 'roundTrip' });
    expect(caseWithPatch(parsed.case, back)).toEqual({ ok: true, case: DEFAULT_CASE });
  });

  it('makes any case of any other', () => {
    fc.assert(
      fc.property(anyCase, anyCase, (own, other) => {
        expect(caseWithPatch(own, differencesOf(own, other))).toEqual({ ok: true, case: other });
      }),
      { numRuns: 200 },
    );
  });

  it('leaves conditions of one’s own with their implementation', () => {
    const own = { ...DEFAULT_CASE, condition: 'num_heads % seq_world_size != 0' };
    const parsed = caseWithPatch(own, { implementation: 'deepspeed-6797' });
    expect(parsed.ok && parsed.case.condition).toBeUndefined();
    const twin = { ...REPAIRED, condition: own.condition };
    expect(differencesOf(own, twin)).toEqual({
      implementation: 'deepspeed-6797',
      condition: own.condition,
    });
    expect(differencesOf(own, DEFAULT_CASE)).toEqual({ condition: null });
  });

  it('keeps calls that no program names', () => {
    const own = { ...DEFAULT_CASE, program: 'mine', calls: DEFAULT_CASE.calls.slice(0, 1) };
    const parsed = caseWithPatch(own, { implementation: 'verl' });
    expect(parsed.ok && parsed.case.calls).toEqual(own.calls);
    expect(differencesOf(DEFAULT_CASE, own)).toEqual({ program: 'mine', calls: own.calls });
  });
});

describe('any two rows of the museum', () => {
  const rows = BROKEN_CASES.map(({ broken }) => broken.case);
  const traces = rows.map((row) => mergeTrace(runOf(row)));

  it('can be set side by side, each told whole, with their first difference in words', () => {
    traces.forEach((a, left) => {
      traces.forEach((b, right) => {
        const both = alignmentOf(a, b);
        expect(both.steps.flatMap(({ tickA }) => tickA ?? [])).toEqual(range(a.ticks));
        expect(both.steps.flatMap(({ tickB }) => tickB ?? [])).toEqual(range(b.ticks));
        const first = firstDifference(both);
        if (left === right) expect(first).toBeNull();
        if (first !== null) expect(differenceText(both, first.step)).toMatch(/^In \w+: .*, step /);
      });
    });
  });

  it('are each a patch of the other', () => {
    for (const own of rows) {
      for (const other of rows) {
        expect(caseWithPatch(own, differencesOf(own, other))).toEqual({ ok: true, case: other });
      }
    }
  });
});

function neverAligned(): never {
  throw new Error('two runs are shown');
}
