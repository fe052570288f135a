import { merged, readProgress } from '../content/lessons/progress.ts';
import type { RankscopeStore } from './state.ts';

const NAME = 'rankscope-lessons';

/**
 * Keeps the progress of lessons in the browser; where it keeps nothing, for as long as the page is
 * open. Other tabs keep theirs in the same place: what they kept is read before anything is written,
 * and `events` says when they did.
 */
export function keepProgress(
  store: RankscopeStore,
  open: () => Storage,
  events: Pick<Window, 'addEventListener'>,
): void {
  try {
    const storage = open();
    const stored = () => readProgress(storage.getItem(NAME));
    /** Whether what changes was read, and is not to be written. */
    let taking = false;
    const take = () => {
      taking = true;
      store.getState().setProgress(stored());
      taking = false;
    };
    take();
    store.subscribe(({ progress }, before) => {
      if (taking || progress === before.progress) return;
      try {
        const kept = merged(stored(), before.progress, progress);
        storage.setItem(NAME, JSON.stringify(kept));
      } catch {
        // It is full, or was taken away: the lessons go on without it.
      }
    });
    events.addEventListener('storage', ({ key }) => {
      if (key === NAME) take();
    });
  } catch {
    // Even reading `localStorage` may throw.
  }
}
