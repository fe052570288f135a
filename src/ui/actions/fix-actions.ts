import type { Action } from './action.ts';
import { fixOf, PAGE_RUN, RIGHT_RUN, type RunRef } from './run-ref.ts';

/** Runs the nearest fix in the place of a run. */
export function applyFix(run: RunRef): Action {
  return {
    id: `apply-fix${run.suffix}`,
    title: `${run.prefix}Run this case with the fix`,
    group: 'Case',
    enabled: (state) => fixOf(state, run) !== null,
    run: (store) => {
      const fix = fixOf(store.getState(), run);
      if (fix !== null) run.replace(store, fix.case);
    },
  };
}

/** What to do about a run that fails. */
export const FIX_ACTIONS: readonly Action[] = [
  applyFix(PAGE_RUN),
  {
    id: 'compare-with-fix',
    title: 'Compare with the fix',
    group: 'Case',
    enabled: (state) => fixOf(state, PAGE_RUN) !== null,
    run: (store) => {
      const { look, compare } = store.getState();
      const fix = fixOf(store.getState(), PAGE_RUN);
      if (fix === null) return;
      look({ place: 'stage' });
      void compare(fix.case);
    },
  },
  applyFix(RIGHT_RUN),
];
