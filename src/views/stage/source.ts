import type { Nearness, RankscopeState, RankscopeStore, Selection } from '../../store/state.ts';

/** What a stage shows: facts of the store, or of one side of a comparison. */
export interface StageView
  extends Pick<
    RankscopeState,
    'cursor' | 'colourBy' | 'picture' | 'nearness' | 'selection' | 'motion'
  > {
  readonly shown: NonNullable<RankscopeState['shown']>;
}

/** Where a stage reads what to show. Two stages on one page have two sources. */
export interface StageSource {
  /** Calls `listener` whenever `read` may answer differently; returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** What to show now; null before there is anything. */
  read(): StageView | null;
  /** Follows an element, or none: a person picked it on this stage. */
  select(selection: Selection | null): void;
  /** Comes nearer, or shows the whole. */
  approach(nearness: Nearness | null): void;
}

/** The run that the page shows. */
export function sourceOf(store: RankscopeStore): StageSource {
  return {
    subscribe: (listener) => store.subscribe(listener),
    read() {
      const { shown, ...state } = store.getState();
      return shown === null ? null : { ...state, shown };
    },
    select: (selection) => store.getState().look({ selection }),
    approach: (nearness) => store.getState().look({ nearness }),
  };
}
