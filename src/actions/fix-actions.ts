import type { Remedy } from '../advice/advice.ts';
import type { RankscopeState, RankscopeStore } from '../store/state.ts';
import type { Action } from './action.ts';

/** The nearest fix of the run that is shown; null while there is none, or none is known yet. */
export function fixOf({
  advised,
  shown,
}: Pick<RankscopeState, 'advised' | 'shown'>): Remedy | null {
  return advised !== null && advised.run === shown ? (advised.advice.fixes[0] ?? null) : null;
}

/** Opens a changed case; what it does differently is seen from pass 2 on. */
export function openRemedy(store: RankscopeStore, remedy: Remedy): void {
  const { open, modelName } = store.getState();
  void open(remedy.case, 'play-pass-2', modelName);
}

/** What to do about a run that fails. */
export const FIX_ACTIONS: readonly Action[] = [
  {
    id: 'apply-fix',
    title: 'Run this case with the fix',
    group: 'Case',
    enabled: (state) => fixOf(state) !== null,
    run: (store) => {
      const fix = fixOf(store.getState());
      if (fix !== null) openRemedy(store, fix);
    },
  },
  {
    id: 'compare-with-fix',
    title: 'Compare with the fix',
    group: 'Case',
    enabled: (state) => fixOf(state) !== null,
    run: (store) => {
      const { look, compare } = store.getState();
      const fix = fixOf(store.getState());
      if (fix === null) return;
      look({ place: 'stage' });
      void compare(fix.case);
    },
  },
];
