import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { runOf } from '../../core/world/testing.ts';
import { createRankscopeStore } from '../../store/store.ts';
import { leisure } from './leisure.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A page of which it is asked whether it has come to leisure. */
function page(run: Parameters<typeof createRankscopeStore>[0]) {
  const store = createRankscopeStore(run);
  let come = false;
  void leisure(store).then(() => {
    come = true;
  });
  return { store, isAtLeisure: () => come };
}

describe('a page at leisure', () => {
  it('is one on which nothing has happened for two seconds', async () => {
    const { store, isAtLeisure } = page((wanted) => Promise.resolve(runOf(wanted)));
    await vi.advanceTimersByTimeAsync(1999);
    expect(isAtLeisure()).toBe(false);
    store.getState().look({ place: 'map' });
    await vi.advanceTimersByTimeAsync(1999);
    expect(isAtLeisure()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isAtLeisure()).toBe(true);
  });

  it('has no ranks that run, however long they take', async () => {
    let end = () => {};
    const { store, isAtLeisure } = page(async (wanted) => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return runOf(wanted);
    });
    void store.getState().open(DEFAULT_CASE, 'settle');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(isAtLeisure()).toBe(false);
    end();
    await vi.advanceTimersByTimeAsync(1999);
    expect(isAtLeisure()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isAtLeisure()).toBe(true);
    // Nothing listens any more.
    expect(vi.getTimerCount()).toBe(0);
  });
});
