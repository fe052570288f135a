import { useEffect } from 'react';
import { type Action, perform } from './actions/action.ts';
import { matches, parseChord } from './actions/chord.ts';
import { ACTIONS } from './actions/index.ts';
import { isMeantFor, WRITING } from './meant-for.ts';
import { useRankscopeStore } from './store-context.ts';

/** Runs actions by their keys, wherever the focused control has no use of its own for the key. */
export function useKeys(actions: readonly Action[] = ACTIONS): void {
  const store = useRankscopeStore();
  useEffect(() => {
    const chords = actions.flatMap((action) =>
      (action.keys ?? []).map((text) => ({ action, chord: parseChord(text) })),
    );
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const met = chords.find(({ chord }) => matches(chord, event));
      if (met === undefined || (!met.chord.mod && isTaken(event))) return;
      if (perform(met.action, store)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [store, actions]);
}

/** Whether the focused control takes the key itself. */
function isTaken(event: KeyboardEvent): boolean {
  if (isMeantFor(event, `${WRITING}, select, [role="listbox"]`)) return true;
  if (isMeantFor(event, '[role="tablist"]')) return TAB_KEYS.includes(event.key);
  return event.key === ' ' && isMeantFor(event, 'button, [role="button"], summary');
}

/** By which one moves among tabs. */
const TAB_KEYS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'Home', 'End', ' '];
