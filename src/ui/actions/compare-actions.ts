import { underPublished } from '../../core/case-text/case-patch.ts';
import type { Case } from '../../core/contract/case.ts';
import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { fullTitle } from '../../core/programs/release-name.ts';
import { bothSides, isComparing } from '../../store/comparison.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import { firstDifference } from '../../trace/beside/first-difference.ts';
import { stepAt, tickOfStep } from '../../trace/beside/shared-cursor.ts';
import type { Action } from './action.ts';

const differing = (state: RankscopeState) => (bothSides(state)?.differing.length ?? 0) > 0;

/** Two cases side by side. */
export const COMPARE_ACTIONS: readonly Action[] = [
  {
    id: 'compare',
    title: 'Compare with …',
    group: 'View',
    keys: ['V'],
    run: (store) => store.getState().look({ dialog: 'compare' }),
  },
  {
    id: 'swap-sides',
    title: 'Swap the two sides',
    group: 'View',
    keys: ['X'],
    enabled: ({ status, partner }) => status.kind === 'done' && partner?.status.kind === 'done',
    run: (store) => store.getState().swapSides(),
  },
  {
    id: 'first-difference',
    title: 'The first difference',
    group: 'View',
    keys: ['F'],
    enabled: differing,
    run(store) {
      const both = bothSides(store.getState());
      const first = both === null ? null : firstDifference(both);
      if (both !== null && first !== null) store.getState().seek(tickOfStep(both, first.step));
    },
  },
  {
    id: 'next-difference',
    title: 'The next difference',
    group: 'View',
    keys: ['N'],
    enabled: differing,
    run(store) {
      const state = store.getState();
      const both = bothSides(state);
      if (both !== null) goToDifference(store, stepAt(both, state.cursor));
    },
  },
  {
    id: 'end-compare',
    title: 'Leave the comparison',
    group: 'View',
    keys: ['Escape'],
    enabled: (state) => isComparing(state) && state.dialog === null,
    run: (store) => store.getState().endCompare(),
  },
];

/** The first step after `step` at which the two differ; the very first behind the last. */
function goToDifference(store: RankscopeStore, step: number): void {
  const both = bothSides(store.getState());
  if (both === null) return;
  const next = both.differing.find((one) => one > step) ?? both.differing[0];
  if (next !== undefined) store.getState().seek(tickOfStep(both, next));
}

/** The case of the page beside itself under each published implementation. */
export const COMPARE_IMPLEMENTATION_ACTIONS: readonly Action[] = IMPLEMENTATIONS.map((one) => ({
  id: `compare-with-${one.id}`,
  title: `Compare with ${fullTitle(one)}`,
  group: 'Compare',
  enabled: ({ case: own }) => own.implementation !== one.id || changesRule(own),
  run: (store) => {
    const { case: own, compare, look } = store.getState();
    const published = underPublished(own, one.id);
    if (published === null) return;
    look({ place: 'stage' });
    void compare(published);
  },
}));

function changesRule({ condition, guards }: Case): boolean {
  return condition !== undefined || guards !== undefined;
}
