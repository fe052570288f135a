import type { Place } from '../../store/view.ts';
import type { Action } from './action.ts';

/** The ways to the places of the page. */
export const PLACE_ACTIONS: readonly Action[] = [
  goTo('stage', 'Go to the stage: one case, step by step', '1'),
  goTo('map', 'Go to the map: every head count and SP degree, and the rule', '2'),
  goTo('museum', 'Go to the museum: public bugs beside their repairs', '3'),
  goTo('lessons', 'Go to the lessons: short tours over the real page', '4'),
];

function goTo(place: Place, title: string, key: string): Action {
  return {
    id: `go-${place}`,
    title,
    group: 'Go to',
    keys: [key],
    enabled: (state) => state.place !== place,
    run: (store) => store.getState().look({ place }),
  };
}
