import { sameCase } from '../case-text/case-patch.ts';
import { BROKEN_CASES, PAIRS } from '../museum/index.ts';
import type { RankscopeStore } from '../store/state.ts';
import type { Action } from './action.ts';

/** Each bug of the museum on the stage. */
export const OPEN_MUSEUM_ACTIONS: readonly Action[] = BROKEN_CASES.map(
  ({ id, exhibit, broken }) => ({
    id: `open-${id}`,
    title: `Open ${numberOf(exhibit.id)}${exhibit.title}: ${broken.label}`,
    group: 'Museum',
    run(store) {
      toStage(store, exhibit.id);
      store.getState().endCompare();
      void store.getState().open(broken.case, 'settle');
    },
  }),
);

/** Each bug of the museum beside its repair. */
export const COMPARE_MUSEUM_ACTIONS: readonly Action[] = PAIRS.map(
  ({ id, exhibit, broken, repaired }) => ({
    id: `compare-${id}`,
    title: `${exhibit.title}: ${broken.label} beside ${repaired.label}`,
    group: 'Compare',
    async run(store) {
      toStage(store, exhibit.id);
      const { open, compare } = store.getState();
      const opened = open(broken.case, 'settle');
      await Promise.all([opened, compare(repaired.case)]);
    },
  }),
);

/** Each bug of the museum beside whatever is shown: any two rows of it can be set side by side. */
export const BESIDE_MUSEUM_ACTIONS: readonly Action[] = BROKEN_CASES.map(
  ({ id, exhibit, broken }) => ({
    id: `beside-${id}`,
    title: `This case beside ${numberOf(exhibit.id)}${exhibit.title}: ${broken.label}`,
    group: 'Compare',
    enabled: ({ case: shown }) => !sameCase(shown, broken.case),
    run(store) {
      store.getState().look({ place: 'stage' });
      void store.getState().compare(broken.case);
    },
  }),
);

/** Whoever comes back to the museum finds the exhibit again that they left it by. */
function toStage(store: RankscopeStore, exhibit: string): void {
  store.getState().look({ place: 'stage', exhibit });
}

/** "#6774, "; nothing for what was never reported. */
function numberOf(id: string): string {
  return /^\d+$/.test(id) ? `#${id}, ` : '';
}
