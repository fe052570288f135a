import { memoizedByAll } from '../../base/memo.ts';
import { wayOf } from '../../draw/stage/follow.ts';
import type { StageSource } from '../../draw/stage/source.ts';
import { bothSides } from '../../store/comparison.ts';
import type { Cursor } from '../../store/playback.ts';
import type { RankscopeStore } from '../../store/state.ts';
import type { Selection } from '../../store/view.ts';
import type { Alignment } from '../../trace/beside/align.ts';
import { counterpartIn } from '../../trace/beside/counterpart.ts';
import { cursorOfB } from '../../trace/beside/shared-cursor.ts';
import type { Trace } from '../../trace/trace.ts';

/** The other side of the comparison, where the shared cursor puts it. */
export function partnerSource(store: RankscopeStore): StageSource {
  return {
    subscribe: (listener) => store.subscribe(listener),
    read() {
      const { partner, cursor, selection: picked, ...state } = store.getState();
      const both = bothSides(store.getState());
      if (both === null || partner === null || partner.shown === null) return null;
      const { shown } = partner;
      const selection = picked && shared(both.a, picked, both.b);
      return { ...state, ...rightAt(both, cursor), shown, selection };
    },
    standAt(cursor) {
      const both = bothSides(store.getState());
      return both === null ? { cursor } : rightAt(both, cursor);
    },
    // A link and the inspector speak of the left: what is followed there is the same element.
    select(picked) {
      const both = bothSides(store.getState());
      const selection = both && picked && shared(both.b, picked, both.a);
      store.getState().look({ selection });
    },
    approach: (nearness) => store.getState().look({ nearness }),
    begin: () => store.getState().begin(),
  };
}

/** Where the right side stands beside its left. */
function rightAt(both: Alignment, cursor: Cursor) {
  return { cursor: cursorOfB(both, cursor), beside: { trace: both.a, cursor } };
}

/** The element that is followed in `from`, as `to` is given it. */
function shared(from: Trace, picked: Selection, to: Trace): Selection | null {
  const way = wayOf(from, picked);
  return way && counterpartOf(to, way);
}

/** Found once: the same selection is read in every frame. */
const counterpartOf = memoizedByAll(counterpartIn);
