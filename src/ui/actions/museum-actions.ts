import type { NamedCase } from '../../content/museum/exhibit.ts';
import { BROKEN_CASES, PAIRS } from '../../content/museum/index.ts';
import { sameCase } from '../../core/cases/same-case.ts';
import { inTurns } from '../../store/in-turns.ts';
import { printRunLink } from '../../store/link/link.ts';
import { landing, showInSteps } from '../../store/shown.ts';
import type { RankscopeStore } from '../../store/state.ts';
import type { Action } from './action.ts';
import { fixOf, type RunRef } from './run-ref.ts';

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

/** A broken case of the museum where it is told of: it is run off the screen once it is to be copied. */
export function exhibitRun({ id, exhibit, broken }: NamedCase): RunRef {
  return {
    suffix: `-${id}`,
    prefix: `${exhibit.title}: `,
    find: () => broken,
    async judged(store) {
      const { signal } = new AbortController();
      const recorded = await store.getState().record(broken.case, signal);
      return recorded && inTurns(showInSteps(broken.case, recorded.recording), signal, () => {});
    },
    linkTo: (run) => printRunLink(run, landing(run.trace)),
    replace(store, changed) {
      toStage(store, exhibit.id);
      void store.getState().open(changed, 'settle');
    },
  };
}

/** A broken case of the museum beside its repair, or beside the nearest fix where it is shown with none. */
export function compareWithRepair(one: NamedCase): Action {
  const { id, exhibit, broken } = one;
  const pair = COMPARE_MUSEUM_ACTIONS.find((action) => action.id === `compare-${id}`);
  if (pair !== undefined) return pair;
  const run = exhibitRun(one);
  return {
    id: `compare-${id}`,
    title: `${exhibit.title}: ${broken.label} beside the nearest fix`,
    group: 'Compare',
    enabled: (state) => fixOf(state, run) !== null,
    async run(store) {
      const fix = fixOf(store.getState(), run);
      if (fix === null) return;
      toStage(store, exhibit.id);
      const { open, compare } = store.getState();
      await Promise.all([open(broken.case, 'settle'), compare(fix.case)]);
    },
  };
}

/** Whoever comes back to the museum finds the exhibit again that they left it by. */
function toStage(store: RankscopeStore, exhibit: string): void {
  store.getState().look({ place: 'stage', exhibit });
}

/** "#6774, "; nothing for what was never reported. */
function numberOf(id: string): string {
  return /^\d+$/.test(id) ? `#${id}, ` : '';
}
