import type { RankscopeStore } from './state.ts';

const KEY = 'rankscope.visited';

/**
 * Opens the doors for a browser that has not been here before, where the address says nothing; once
 * they were closed or gone through, they stay closed. A browser that keeps nothing is never asked
 * twice in one visit.
 */
export function welcome(store: RankscopeStore, hash: string, storage: () => Storage): void {
  if (hash.replace(/^#/, '') === '' && !hasBeenHere(storage))
    store.getState().look({ doors: true });
  store.subscribe(({ doors, past, look }, before) => {
    if (before.doors && !doors) remember(storage);
    // Who changes the case has found where to begin, and the stage has its room again.
    if (before.doors && doors && past.length > before.past.length) look({ doors: false });
  });
}

/** Reading `window.localStorage` throws where the browser refuses it. */
function hasBeenHere(storage: () => Storage): boolean {
  try {
    return storage().getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function remember(storage: () => Storage): void {
  try {
    storage().setItem(KEY, 'yes');
  } catch {
    // The doors will be open once more.
  }
}
