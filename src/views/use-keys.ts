import { useEffect } from 'react';
import { type Action, perform } from '../actions/action.ts';
import { matches, parseChord } from '../actions/chord.ts';
import { ACTIONS } from '../actions/index.ts';
import { useRankscopeStore } from './store-context.ts';

/** Runs actions by their keys, wherever the focused control has no use of its own for the key. */
export function useKeys(actions: readonly Action[] = ACTIONS): void {
  const store = useRankscopeStore();
  useEffect(() => {
    const chords = actions.flatMap((action) =>
      (action.keys ?? []).map((text) => ({ action, chord: parseChord(text) })),
    );
    const press = (event: KeyboardEvent) => {
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
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  const own = 'input, select, textarea, [contenteditable="true"], [role="listbox"]';
  if (target.closest(own) !== null) return true;
  if (target.closest('[role="tablist"]') !== null) return TAB_KEYS.includes(event.key);
  return event.key === ' ' && target.closest('button, [role="button"], summary') !== null;
}

/** By which one moves among tabs. */
const TAB_KEYS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'Home', 'End', ' '];
