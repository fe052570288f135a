import type { Highlight } from '../../content/lessons/lesson.ts';
import { bothSides } from '../../store/comparison.ts';
import { highlightOf } from '../../store/lesson-path.ts';
import type { Cursor } from '../../store/playback.ts';
import type { ShownRun } from '../../store/shown.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import type { Nearness, Selection } from '../../store/view.ts';
import { cursorOfB } from '../../trace/beside/shared-cursor.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { memberAt, type Picking, pickingOf } from './picking.ts';

/** What a stage shows: facts of the store, or of one side of a comparison. */
export interface StageView
  extends Pick<
    RankscopeState,
    'cursor' | 'colourBy' | 'picture' | 'nearness' | 'selection' | 'motion'
  > {
  readonly shown: ShownRun;
  /** The other stage of a comparison: both are seen in one scale. */
  readonly beside?: Beside | null;
  /** What a lesson lets stand out, and what it asks to be picked. */
  readonly highlight?: Highlight | null;
  readonly picking?: Picking | null;
}

/** A run on another stage, and where it stands there. */
interface Beside {
  readonly trace: Trace;
  readonly cursor: Cursor;
}

/** Where a stage reads what to show. Two stages on one page have two sources. */
export interface StageSource {
  /** Calls `listener` whenever `read` may answer differently; returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** What to show now; null before there is anything. */
  read(): StageView | null;
  /** Where it and the one beside it stand when the page’s cursor is elsewhere; there, where absent. */
  standAt?(cursor: Cursor): Pick<StageView, 'cursor' | 'beside'>;
  /** Follows an element, or none: a person picked it on this stage. */
  select(selection: Selection | null): void;
  /** Comes nearer, or shows the whole. */
  approach(nearness: Nearness | null): void;
  /** Says that something is being done until what it gives is called; where it matters to anyone. */
  begin?(): () => void;
  /** Takes a click for an answer to a lesson’s question; false where none is asked. */
  pick?(tick: Tick, rank: number, element: HeldElement | null): boolean;
}

/** The run that the page shows. */
export function sourceOf(store: RankscopeStore): StageSource {
  const standAt = (cursor: Cursor) => ({ cursor, beside: besideLeft(store.getState(), cursor) });
  return {
    subscribe: (listener) => store.subscribe(listener),
    read() {
      const state = store.getState();
      const { shown } = state;
      if (shown === null) return null;
      return {
        ...state,
        ...standAt(state.cursor),
        shown,
        highlight: highlightOf(state),
        picking: pickingOf(state),
      };
    },
    standAt,
    select: (selection) => store.getState().look({ selection }),
    approach: (nearness) => store.getState().look({ nearness }),
    begin: () => store.getState().begin(),
    pick(tick, rank, element) {
      const state = store.getState();
      const picking = pickingOf(state);
      if (picking === null || state.shown === null) return false;
      const member = memberAt(picking, state.shown.trace, tick, rank, element);
      if (member !== null) state.pick(member);
      return true;
    },
  };
}

/** What stands on the right of a comparison while its left, the run of the page, stands at `cursor`. */
function besideLeft(state: RankscopeState, cursor: Cursor): Beside | null {
  const both = bothSides(state);
  return both && { trace: both.b, cursor: cursorOfB(both, cursor) };
}
