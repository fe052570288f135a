import type { RankscopeStore } from '../../store/state.ts';

/** Milliseconds in which nothing changes on the page, nothing plays and no ranks run. */
const QUIET = 2000;

/**
 * Resolves once the page is at leisure: what it may do then for later must not slow down what a person
 * waits for now.
 */
export function leisure(store: RankscopeStore): Promise<void> {
  return new Promise((resolve) => {
    const rest = () => {
      if (store.getState().status.kind === 'running') {
        again();
        return;
      }
      unsubscribe();
      resolve();
    };
    let timer = setTimeout(rest, QUIET);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, QUIET);
    };
    const unsubscribe = store.subscribe(again);
  });
}
