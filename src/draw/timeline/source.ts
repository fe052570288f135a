import type { ShownRun } from '../../store/shown.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import type { Span } from '../../store/view.ts';

/** What a timeline shows: facts of the store, or of whatever else plays a run. */
export interface TimelineView extends Pick<RankscopeState, 'cursor' | 'direction' | 'span'> {
  /** Whether ranks that all do the same share one lane, as before an audience. */
  readonly folds: boolean;
  readonly shown: ShownRun;
}

/** Where a timeline reads what to show, and tells where the cursor was put. */
export interface TimelineSource {
  /** Calls `listener` whenever `read` may answer differently; returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** What to show now; null before there is anything. */
  read(): TimelineView | null;
  seek(cursor: number): void;
  /** Says that something is being done until what it gives is called; where it matters to anyone. */
  begin?(): () => void;
  /** Shows this much of the run; null: all of it. */
  look(span: Span | null): void;
}

/** The run that the page shows; its lanes always fold where it is shown as a picture in another page. */
export function timelineOf(store: RankscopeStore, folds: boolean): TimelineSource {
  return {
    subscribe: (listener) => store.subscribe(listener),
    read() {
      const { shown, cursor, direction, span, presenting } = store.getState();
      return shown === null ? null : { shown, cursor, direction, span, folds: folds || presenting };
    },
    seek: (cursor) => store.getState().seek(cursor),
    begin: () => store.getState().begin(),
    look: (span) => store.getState().look({ span }),
  };
}
