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
  {
    id: 'glossary',
    title: 'Glossary: what the words mean',
    group: 'Help',
    keys: ['G'],
    run: (store) => store.getState().look({ dialog: 'glossary' }),
  },
  {
    id: 'doors',
    title: 'Where to begin',
    group: 'Help',
    enabled: ({ doors, place }) => !doors || place !== 'stage',
    run: (store) => {
      store.getState().endCompare();
      store.getState().look({ place: 'stage', doors: true });
    },
  },
];
