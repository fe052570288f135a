import type { Action } from './action.ts';

/** Where to begin, for three who come to the page. Each leaves the doors closed behind them. */
export const DOOR_ACTIONS: readonly Action[] = [
  {
    id: 'door-job',
    title: 'My job died: enter your job’s settings',
    group: 'Help',
    run(store) {
      const { look, notify } = store.getState();
      look({ doors: false, place: 'stage' });
      const text =
        'Enter your job’s settings on the left: implementation, ranks, heads. Or drop the model’s ' +
        'config.json anywhere on the page. Every change runs at once: compare your error with the ' +
        'exception in the explanation. Map, “This model”, lists the SP degrees that work.';
      notify({ wrong: false, text });
    },
  },
  {
    id: 'door-review',
    title: 'I review a change: paste its condition',
    group: 'Help',
    run: (store) => store.getState().look({ doors: false, place: 'map' }),
  },
  {
    id: 'door-learn',
    title: 'I teach or learn: take a lesson',
    group: 'Help',
    run: (store) => store.getState().look({ doors: false, place: 'lessons' }),
  },
];
