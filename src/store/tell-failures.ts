import { Unavailable } from '../base/unavailable.ts';
import type { RankscopeStore } from './state.ts';

/** What came of something that could not be done, in a sentence. */
export function failureText(reason: unknown): string {
  if (reason instanceof Unavailable) return reason.message;
  const message = reason instanceof Error ? reason.message : String(reason);
  return FETCHED_IN_VAIN.test(message)
    ? 'A part of the page could not be fetched. It needs the network once; then it is kept.'
    : `Rankscope met a fault of its own: ${message.replace(/[.]$/, '')}.`;
}

/** As browsers say it of a module, and Vite of its style sheet. */
const FETCHED_IN_VAIN = /dynamically imported module|importing a module|preload CSS/i;

/** Tells of what failed and is answered for nowhere else, so that nothing a person asked for fails in silence. */
export function tellFailures(store: RankscopeStore, page: Window): void {
  page.addEventListener('unhandledrejection', ({ reason }) => {
    store.getState().notify({ wrong: true, text: failureText(reason) });
  });
}
