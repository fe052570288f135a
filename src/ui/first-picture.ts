import type { RankscopeState, RankscopeStore } from '../store/state.ts';

/**
 * Calls `act` once the first picture of the page stands, before anybody is told that the page is idle;
 * gives what takes that back.
 */
export function afterFirstPicture(store: RankscopeStore, act: () => void): () => void {
  if (isDrawn(store.getState())) {
    act();
    return () => {};
  }
  const unsubscribe = store.subscribe((state) => {
    if (!isDrawn(state)) return;
    unsubscribe();
    act();
  });
  return unsubscribe;
}

/** Nothing is drawn any more: the ranks are through, or there is no run to be drawn. */
function isDrawn({ status, awaited }: RankscopeState): boolean {
  return status.kind !== 'running' && awaited === null;
}
