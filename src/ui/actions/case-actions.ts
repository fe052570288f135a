import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { sameCase } from '../../core/cases/same-case.ts';
import type { Action } from './action.ts';

/** Changes of the case, taken back and made again. */
export const CASE_ACTIONS: readonly Action[] = [
  {
    id: 'undo',
    title: 'Undo the last change of the case',
    group: 'Case',
    keys: ['Mod+Z'],
    enabled: ({ past }) => past.length > 0,
    run: (store) => void store.getState().undo(),
  },
  {
    id: 'redo',
    title: 'Redo the change that was undone',
    group: 'Case',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: ({ future }) => future.length > 0,
    run: (store) => void store.getState().redo(),
  },
  {
    id: 'first-case',
    title: 'Back to the first case, issue #6774',
    group: 'Case',
    enabled: (state) => !sameCase(state.case, DEFAULT_CASE),
    run: (store) => void store.getState().open(DEFAULT_CASE, 'settle'),
  },
];
