import { describe, expect, it } from 'vitest';
import { BROKEN_CASES } from '../content/museum/index.ts';
import { DEFAULT_CASE } from '../core/cases/case-input.ts';
import { runOf } from '../core/world/testing.ts';
import { adviceOn } from './advice-slice.ts';
import { isJudged, type Judged } from './shown.ts';
import type { RankscopeStore, RunCase } from './state.ts';
import { createRankscopeStore } from './store.ts';

const inThisThread: RunCase = (wanted, _, until) => Promise.resolve(runOf(wanted, until));

async function opened(): Promise<RankscopeStore> {
  const store = createRankscopeStore(inThisThread);
  store.getState().setMotion(false);
  await store.getState().open(DEFAULT_CASE, 'settle');
  return store;
}

function runIn(store: RankscopeStore): Judged {
  const { shown } = store.getState();
  if (!isJudged(shown)) throw new Error('a run is over');
  return shown;
}

const fixFor = (store: RankscopeStore, { case: wanted }: Judged) =>
  adviceOn(store.getState(), wanted)?.fixes[0]?.id;

describe('advice on what is shown', () => {
  it('is found for both sides at once, each of its own case', async () => {
    const store = await opened();
    const { compare, findAdvice } = store.getState();
    await compare({ ...DEFAULT_CASE, implementation: 'deepspeed-6797', numKvHeadsBefore: 3 });
    const left = runIn(store);
    const right = store.getState().partner?.shown;
    if (right == null) throw new Error('the right side has run');
    await Promise.all([findAdvice(left), findAdvice(right)]);
    expect(fixFor(store, left)).toBe('deepspeed-6797');
    expect(fixFor(store, right)).toBe('deepspeed-8316');
  });

  it('is sought once, however many ask for it', async () => {
    const store = await opened();
    const run = runIn(store);
    const { findAdvice } = store.getState();
    expect(findAdvice(run)).toBe(findAdvice(run));
    await findAdvice(run);
    const { advised } = store.getState();
    await findAdvice(run);
    expect(store.getState().advised).toBe(advised);
    expect(store.getState().busy).toBe(0);
  });

  it('stays with its side where the two are swapped', async () => {
    const store = await opened();
    await store.getState().compare({ ...DEFAULT_CASE, implementation: 'deepspeed-6797' });
    const run = runIn(store);
    await store.getState().findAdvice(run);
    store.getState().swapSides();
    expect(store.getState().partner?.shown).toBe(run);
    expect(fixFor(store, run)).toBe('deepspeed-6797');
  });

  it('is called off once no place shows the run', async () => {
    const store = await opened();
    const run = runIn(store);
    const finding = store.getState().findAdvice(run);
    await store.getState().open({ ...DEFAULT_CASE, heads: 20, kvHeads: 20 }, 'settle');
    await finding;
    expect(adviceOn(store.getState(), run.case)).toBeNull();
    expect(store.getState().busy).toBe(0);
  });

  it('is found for what the museum shows, without a run on the screen', async () => {
    const store = await opened();
    const broken = BROKEN_CASES.find(({ id }) => id === '8317')?.broken;
    if (broken === undefined) throw new Error('the museum has #8317');
    await store.getState().findAdvice(broken);
    expect(adviceOn(store.getState(), broken.case)).toBeNull();
    store.getState().look({ place: 'museum' });
    await store.getState().findAdvice(broken);
    expect(adviceOn(store.getState(), broken.case)?.fixes[0]?.id).toBe('deepspeed-8317');
  });
});
