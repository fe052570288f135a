import type { Action } from './action.ts';

/** What helps to find all the others. */
export const HELP_ACTIONS: readonly Action[] = [
  {
    id: 'palette',
    title: 'Find an action or a case',
    group: 'Help',
    keys: ['Mod+K'],
    run: (store) => store.getState().look({ dialog: 'palette' }),
  },
  {
    id: 'keys',
    title: 'All keys',
    group: 'Help',
    keys: ['?'],
    run: (store) => store.getState().look({ dialog: 'keys' }),
  },
];
