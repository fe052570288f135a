import type { Remedy } from '../../core/advice/advice.ts';
import type { Case } from '../../core/contract/case.ts';
import type { Verdict } from '../../core/judge/finding.ts';
import { adviceOn } from '../../store/advice-slice.ts';
import { bothSides } from '../../store/comparison.ts';
import { printFragment } from '../../store/link/lesson-link.ts';
import { printRunLink } from '../../store/link/link.ts';
import { isJudged, isStanding, type Judged, landing } from '../../store/shown.ts';
import { NOT_OVER } from '../../store/shown-text.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import { cursorOfB } from '../../trace/beside/shared-cursor.ts';

/** Which run a band shows, and what the actions of that band do with it. */
export interface RunRef {
  /** Ends the ids of its actions: empty for the run of the page, "-right", "-8317-2". */
  readonly suffix: string;
  /** Begins the titles of its actions where they have to say whose they are: "Right side: ". */
  readonly prefix: string;
  /** Its case, and its verdict once it is over; null before there is a run. */
  find(state: RankscopeState): { readonly case: Case; readonly verdict: Verdict | null } | null;
  /** The whole run; null where it is not over, which is told. */
  judged(store: RankscopeStore): Judged | null | Promise<Judged | null>;
  /** The fragment of the link to it. */
  linkTo(run: Judged, state: RankscopeState): string;
  /** Runs a changed case in its place. */
  replace(store: RankscopeStore, changed: Case): void;
}

/** The run of the page, which is the left one of two. */
export const PAGE_RUN: RunRef = {
  suffix: '',
  prefix: '',
  find: ({ shown }) => shown,
  judged: judgedRun,
  linkTo: (_, state) => printFragment(state),
  // What a changed case does differently is seen from pass 2 on.
  replace(store, changed) {
    const { open, modelName } = store.getState();
    void open(changed, 'play-pass-2', modelName);
  },
};

/** The run beside it, on the right. */
export const RIGHT_RUN: RunRef = {
  suffix: '-right',
  prefix: 'Right side: ',
  find: ({ partner }) => partner?.shown ?? null,
  judged: (store) => store.getState().partner?.shown ?? null,
  linkTo(run, state) {
    const both = bothSides(state);
    const cursor = both === null ? landing(run.trace) : cursorOfB(both, state.cursor);
    return printRunLink(run, cursor);
  },
  replace: (store, changed) => void store.getState().compare(changed),
};

/** The run of the page, if it is over; else what keeps it is told. */
export function judgedRun(store: RankscopeStore): Judged | null {
  const { shown, notify } = store.getState();
  if (isJudged(shown)) return shown;
  if (isStanding(shown)) notify({ wrong: false, text: NOT_OVER });
  return null;
}

/** The nearest fix of a run; null while there is none, or none is known yet. */
export function fixOf(state: RankscopeState, run: RunRef): Remedy | null {
  const found = run.find(state);
  return found === null ? null : (adviceOn(state, found.case)?.fixes[0] ?? null);
}
