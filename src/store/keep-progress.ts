import { readProgress } from '../lessons/progress.ts';
import type { RankscopeStore } from './state.ts';

const NAME = 'rankscope-lessons';

/** Keeps the progress of lessons in the browser; without its leave, for as long as the page is open. */
export function keepProgress(store: RankscopeStore, open: () => Storage): void {
  try {
    const storage = open();
    store.getState().setProgress(readProgress(storage.getItem(NAME)));
    store.subscribe(({ progress }, before) => {
      if (progress === before.progress) return;
      try {
        storage.setItem(NAME, JSON.stringify(progress));
      } catch {
        // It is full, or was taken away: the lessons go on without it.
      }
    });
  } catch {
    // A browser may refuse the very sight of its storage.
  }
}
