import type { RankscopeState } from '../../store/state.ts';
import type { View } from '../../store/view.ts';
import type { Action } from './action.ts';

/** How the run is looked at. */
export const VIEW_ACTIONS: readonly Action[] = [
  toggle('swap-hue', 'Swap what hue and hatch stand for', 'H', ({ colourBy }) => ({
    colourBy: colourBy === 'head' ? 'chunk' : 'head',
  })),
  toggle('swap-picture', 'Memory strip or heads × sequence', 'M', ({ picture }) => ({
    picture: picture === 'heads' ? 'memory' : 'heads',
  })),
  toggle('swap-side', 'Inspector or explanation', 'I', ({ side }) => ({
    side: side === 'why' ? 'inspector' : 'why',
    drawer: true,
  })),
  toggle('swap-drawer', 'Show or hide the explanation beside the stage', 'O', ({ drawer }) => ({
    drawer: !drawer,
  })),
  toggle('swap-under', 'Event log or timeline', 'L', ({ under }) => ({
    under: under === 'timeline' ? 'log' : 'timeline',
  })),
];

function toggle(
  id: string,
  title: string,
  key: string,
  change: (state: RankscopeState) => Partial<View>,
): Action {
  return {
    id,
    title,
    group: 'View',
    keys: [key],
    run(store) {
      store.getState().look(change(store.getState()));
    },
  };
}
