import { useEffect } from 'react';
import { isComparing } from '../../store/comparison.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { CASE_FIELDS } from '../case-panel/case-fields-id.ts';
import { IconButton } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './doors.module.css';

const DOORS = [
  {
    action: 'door-job',
    title: 'My job died',
    about: 'Enter your job’s settings.',
  },
  {
    action: 'door-review',
    title: 'I review a change',
    about: 'See what it breaks.',
  },
  {
    action: 'door-learn',
    title: 'I teach or learn',
    about: 'Take a lesson on this page.',
  },
] as const;

/** Whether the doors are seen: two sides need all the room there is. */
export function areDoorsSeen(state: RankscopeState): boolean {
  return state.doors && !isComparing(state);
}

/**
 * Where to begin, for a first visit: a strip above the stage, which makes room for it. It takes no
 * focus, and no key but Escape.
 */
export function Doors() {
  const store = useRankscopeStore();
  const open = useRankscope(areDoorsSeen);
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && isFree(store)) close(store);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [open, store]);
  if (!open) return null;
  return (
    <nav className={styles.doors} aria-label="Where to begin" data-testid="doors">
      {DOORS.map(({ action, title, about }) => (
        <button
          key={action}
          type="button"
          className={styles.door}
          data-testid={action}
          onClick={() => {
            perform(actionOf(action), store);
            if (action === 'door-job') firstField()?.focus();
          }}
        >
          <strong>{title}</strong>
          <span>{about}</span>
        </button>
      ))}
      <IconButton
        className={styles.close}
        label="Close: where to begin"
        title="Close (Esc). “Where to begin” in the actions brings it back."
        data-testid="close-doors"
        onClick={() => close(store)}
      >
        ✕
      </IconButton>
    </nav>
  );
}

function close(store: RankscopeStore): void {
  store.getState().look({ doors: false });
}

/** Whether Escape means nothing else now. */
function isFree(store: RankscopeStore): boolean {
  return store.getState().dialog === null;
}

/** The first field of the case. */
function firstField(): HTMLElement | null {
  return document.getElementById(CASE_FIELDS)?.querySelector('button') ?? null;
}
