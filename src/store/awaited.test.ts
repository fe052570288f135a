import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { LESSONS } from '../content/lessons/built-in.ts';
import { DEFAULT_CASE } from '../core/cases/case-input.ts';
import { runOf } from '../core/world/testing.ts';
import type { RankscopeStore } from './state.ts';
import { createRankscopeStore } from './store.ts';

/** Something that is opened once it is let go on. */
function slowly(store: RankscopeStore, show: () => void) {
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const done = store.getState().awaitOpening(async (isWanted) => {
    await held;
    if (isWanted()) show();
  });
  return { done, goOn };
}

async function opened() {
  const store = createRankscopeStore((wanted, _, until) => Promise.resolve(runOf(wanted, until)));
  store.getState().setMotion(false);
  await store.getState().open(DEFAULT_CASE, 'settle');
  return store;
}

describe('what comes late', () => {
  it.each<[string, (store: RankscopeStore) => unknown]>([
    ['a case', (store) => store.getState().open({ ...DEFAULT_CASE, seq: 4 }, 'settle')],
    ['a changed field', (store) => store.getState().change({ heads: 12 })],
    ['a comparison', (store) => store.getState().compare({ ...DEFAULT_CASE, seq: 4 })],
    ['another place', (store) => store.getState().look({ place: 'museum' })],
    ['a lesson', (store) => store.getState().startLesson(at(LESSONS, 0), 0)],
  ])('is not shown over %s that was opened in the meantime', async (_, openOther) => {
    const store = await opened();
    let shown = false;
    const late = slowly(store, () => {
      shown = true;
    });
    expect(store.getState().awaited).not.toBeNull();
    await openOther(store);
    expect(store.getState().awaited).toBeNull();
    late.goOn();
    await late.done;
    expect(shown).toBe(false);
  });

  it('of two only the later one is shown, and waited for to its end', async () => {
    const store = await opened();
    const shown: string[] = [];
    const first = slowly(store, () => shown.push('first'));
    const second = slowly(store, () => shown.push('second'));
    first.goOn();
    await first.done;
    expect(store.getState().awaited).not.toBeNull();
    second.goOn();
    await second.done;
    expect(shown).toEqual(['second']);
    expect(store.getState().awaited).toBeNull();
  });
});
