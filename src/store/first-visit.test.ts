import { describe, expect, it } from 'vitest';
import { runOf } from '../core/world/testing.ts';
import { welcome } from './first-visit.ts';
import { createRankscopeStore } from './store.ts';

/** A browser's storage, with what it kept. */
function storageOf(kept = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  return () => storage as unknown as Storage;
}

function refused(): Storage {
  throw new Error('SecurityError');
}

function visit(storage: () => Storage, hash = '') {
  const store = createRankscopeStore((wanted) => Promise.resolve(runOf(wanted)));
  welcome(store, hash, storage);
  return store.getState;
}

describe('the doors', () => {
  it('are open on a first visit until they are closed, and never again', () => {
    const storage = storageOf();
    expect(visit(storage)().doors).toBe(true);
    const state = visit(storage);
    expect(state().doors).toBe(true);
    state().look({ doors: false });
    expect(visit(storage)().doors).toBe(false);
  });

  it('stay closed where the address says what to open', () => {
    expect(visit(storageOf(), '#museum/6774')().doors).toBe(false);
  });

  it('are open where the browser refuses to remember, and can be closed', () => {
    const state = visit(refused);
    expect(state().doors).toBe(true);
    state().look({ doors: false });
    expect(state().doors).toBe(false);
  });
});
