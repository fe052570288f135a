import { bothSides } from '../../store/comparison.ts';
import type { RankscopeStore } from '../../store/state.ts';
import { cursorOfB } from '../../trace/shared-cursor.ts';
import type { StageSource } from '../stage/source.ts';

/** The other side of the comparison, where the shared cursor puts it. */
export function partnerSource(store: RankscopeStore): StageSource {
  return {
    subscribe: (listener) => store.subscribe(listener),
    read() {
      const { partner, cursor, ...state } = store.getState();
      const both = bothSides(store.getState());
      if (both === null || partner === null || partner.shown === null) return null;
      const { shown } = partner;
      return { ...state, shown, cursor: cursorOfB(both, cursor), selection: null };
    },
    // Elements are followed on the left: what a link and the inspector speak of.
    select() {},
  };
}
