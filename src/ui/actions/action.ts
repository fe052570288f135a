import type { RankscopeState, RankscopeStore } from '../../store/state.ts';

/** What actions are about, in the order in which they are listed. */
export const ACTION_GROUPS = [
  'Time',
  'Go to',
  'View',
  'Lesson',
  'Presenting',
  'Case',
  'Share',
  'Help',
  'Implementation',
  'Museum',
  'Compare',
] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/**
 * Something that a person can do by a key, from the palette, or with a button: written once. A
 * control of the page that does the same runs the same action.
 */
export interface Action {
  /** Lasting, as tests and links know it: "play". */
  readonly id: string;
  /** "Play or pause" */
  readonly title: string;
  /** Its name in a menu whose own name says the rest; its title, where absent. */
  readonly short?: string;
  readonly group: ActionGroup;
  /** Chords as `parseChord` reads them: "Space", "Shift+Space", "Mod+K", "?". */
  readonly keys?: readonly string[];
  /** Whether it can be done now; always, where absent. */
  enabled?(state: RankscopeState): boolean;
  run(store: RankscopeStore): void;
}

/** Runs an action if it can be done now; whether it could. */
export function perform(action: Action, store: RankscopeStore): boolean {
  if (action.enabled?.(store.getState()) === false) return false;
  action.run(store);
  return true;
}
