import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import {
  firstDisagreement,
  hasWrongElements,
  neighbouringWrong,
  nextCall,
  previousCall,
} from '../../trace/jumps.ts';
import type { Action } from './action.ts';

/** Going to the places of a run that are worth seeing. */
export const JUMP_ACTIONS: readonly Action[] = [
  {
    id: 'next-call',
    title: 'Next call',
    group: 'Go to',
    keys: [']'],
    enabled: ({ shown, cursor }) => shown !== null && nextCall(shown.trace, cursor) !== null,
    run: (store) => seek(store, nextCall),
  },
  {
    id: 'previous-call',
    title: 'Start of this call, then of the one before',
    group: 'Go to',
    keys: ['['],
    enabled: ({ shown, cursor }) => shown !== null && previousCall(shown.trace, cursor) !== null,
    run: (store) => seek(store, previousCall),
  },
  {
    id: 'first-disagreement',
    title: 'First disagreement',
    group: 'Go to',
    keys: ['D'],
    enabled: ({ shown }) =>
      shown !== null && firstDisagreement(shown.trace, shown.findings) !== null,
    run(store) {
      const { shown, seek, look } = store.getState();
      const found = shown && firstDisagreement(shown.trace, shown.findings);
      if (found === null) return;
      const { tick, evidence } = found;
      seek(tick);
      if (evidence.element === null) return;
      const { rank, place } = evidence.element;
      look({ selection: { tick, rank, tensor: 0, place } });
    },
  },
  {
    id: 'next-wrong',
    title: 'Next wrong element',
    group: 'Go to',
    keys: ['W'],
    enabled: anyWrong,
    run: (store) => toWrong(store, 1),
  },
  {
    id: 'previous-wrong',
    title: 'Previous wrong element',
    group: 'Go to',
    keys: ['Shift+W'],
    enabled: anyWrong,
    run: (store) => toWrong(store, -1),
  },
];

function anyWrong({ shown }: RankscopeState): boolean {
  return shown !== null && hasWrongElements(shown.trace);
}

function seek(store: RankscopeStore, place: typeof nextCall): void {
  const { shown, cursor, seek } = store.getState();
  const tick = shown && place(shown.trace, cursor);
  if (tick !== null) seek(tick);
}

function toWrong(store: RankscopeStore, by: -1 | 1): void {
  const { shown, cursor, selection, seek, look } = store.getState();
  if (shown === null) return;
  // A selection of another moment is not where one stands.
  const here = selection?.tick === cursor ? selection : null;
  const element = neighbouringWrong(shown.trace, cursor, here, by);
  if (element === null) return;
  seek(element.tick);
  look({ selection: element });
}
