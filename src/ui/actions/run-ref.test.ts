import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PAIRS } from '../../content/museum/index.ts';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { runOf } from '../../core/world/testing.ts';
import { readLink } from '../../store/link/link.ts';
import type { RankscopeStore, RunCase } from '../../store/state.ts';
import { createRankscopeStore } from '../../store/store.ts';
import { perform } from './action.ts';
import { copyActions } from './copy-actions.ts';
import { applyFix } from './fix-actions.ts';
import { actionOf } from './index.ts';
import { compareWithRepair, exhibitRun } from './museum-actions.ts';
import { fixOf, PAGE_RUN, RIGHT_RUN } from './run-ref.ts';

const inThisThread: RunCase = (wanted, _, until) => Promise.resolve(runOf(wanted, until));
const REPAIRED = { ...DEFAULT_CASE, implementation: 'deepspeed-6797' };

/** The repair on the left, the bug of #6774 on the right, with advice on the right. */
async function bugOnTheRight(): Promise<RankscopeStore> {
  const store = createRankscopeStore(inThisThread);
  store.getState().setMotion(false);
  await store.getState().open(REPAIRED, 'settle');
  await store.getState().compare(DEFAULT_CASE);
  const right = store.getState().partner?.shown;
  if (right == null) throw new Error('the right side has run');
  await store.getState().findAdvice(right);
  return store;
}

/** What is told once something was copied. */
function told(store: RankscopeStore) {
  return vi.waitFor(() => {
    const { notice } = store.getState();
    if (notice === null) throw new Error('nothing is told yet');
    return notice;
  });
}

beforeEach(() => void vi.stubGlobal('window', { location: { href: 'https://host/#old' } }));
afterEach(() => void vi.unstubAllGlobals());

describe('the run on the right', () => {
  it('has a fix of its own, which takes its place and leaves the left alone', async () => {
    const store = await bugOnTheRight();
    expect(fixOf(store.getState(), PAGE_RUN)).toBeNull();
    expect(perform(applyFix(PAGE_RUN), store)).toBe(false);
    expect(fixOf(store.getState(), RIGHT_RUN)?.id).toBe('deepspeed-6797');
    expect(perform(actionOf('apply-fix-right'), store)).toBe(true);
    await vi.waitFor(() => expect(store.getState().partner?.shown?.verdict).toBe('fine'));
    expect(store.getState().partner?.case.implementation).toBe('deepspeed-6797');
    expect(store.getState().case).toBe(REPAIRED);
  });

  it('is copied with its own verdict, and a link that opens it', async () => {
    const store = await bugOnTheRight();
    // Here nothing takes a text to a clipboard: it is shown to be copied by hand.
    perform(actionOf('copy-issue-right'), store);
    const { toCopy = '' } = await told(store);
    expect(toCopy).toContain('**DeepSpeed 0.15.4: pass 2 raises on 4 of 4 ranks**');
    expect(toCopy).toContain('**Fix:** upgrade to ≥ 0.16.2 (#6797).');
    const opened = readLink(/https:\/\/host\/(#\S+)/.exec(toCopy)?.[1] ?? '');
    expect(opened.ok && opened.link.case).toEqual(DEFAULT_CASE);
    expect(opened.ok && opened.link.partner).toBeNull();
  });

  it('has no actions where there is none', () => {
    const store = createRankscopeStore(inThisThread);
    for (const action of [applyFix(RIGHT_RUN), ...copyActions(RIGHT_RUN)]) {
      expect(perform(action, store), action.id).toBe(false);
    }
  });
});

describe('a case of the museum', () => {
  it('has the fix of its exhibit for its nearest, wherever that is another release', async () => {
    const store = createRankscopeStore(inThisThread);
    store.getState().look({ place: 'museum' });
    for (const pair of PAIRS) {
      const { implementation } = pair.broken.case;
      if (pair.repaired.case.implementation === implementation) continue;
      await store.getState().findAdvice(pair.broken);
      const fix = fixOf(store.getState(), exhibitRun(pair));
      expect(fix?.case.implementation, pair.id).toBe(pair.repaired.case.implementation);
    }
  });

  it('is set beside the repair of its exhibit', () => {
    for (const pair of PAIRS) {
      expect(compareWithRepair(pair)).toBe(actionOf(`compare-${pair.id}`));
    }
  });
});
