import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { RankscopeState, RankscopeStore } from '../store/state.ts';

/** The page's store; `main.tsx` provides it. */
export const StoreContext = createContext<RankscopeStore | null>(null);

/** The store itself, for event handlers and controllers. */
export function useRankscopeStore(): RankscopeStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('invariant broken: views stand inside a StoreContext');
  return store;
}

/** What `select` derives from the state; the view is drawn again when it changes. */
export function useRankscope<T>(select: (state: RankscopeState) => T): T {
  return useStore(useRankscopeStore(), select);
}
