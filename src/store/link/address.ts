import { printHash, readHash } from '../../core/case-text/link-hash.ts';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { sameCase } from '../../core/cases/same-case.ts';
import { openLesson } from '../open-lesson.ts';
import type { RankscopeState, RankscopeStore } from '../state.ts';
import { printFragment, readLessonLink } from './lesson-link.ts';
import { readLink } from './link.ts';
import { openLink } from './open-link.ts';

/** What of the browser's window an address is bound to. */
export type AddressWindow = Pick<
  Window,
  'addEventListener' | 'history' | 'location' | 'parent' | 'setTimeout' | 'clearTimeout'
>;

/** The page's address, kept in step with what is on the screen. */
export interface Address {
  /** The whole address of what is on the screen. */
  link(): string;
  /** Opens what the address says; the default case, played from its start, where it says nothing. */
  open(): void;
  /** Resolves once the browser shows the address of what is on the screen. */
  settled(): Promise<void>;
}

/** Milliseconds without a change until the address follows. */
const QUIET = 350;

/** Milliseconds within which a browser tells of a new fragment, however busy. */
const TOLD_WITHIN = 2000;

/** Browsers refuse more than about a hundred changes in half a minute. */
const MOST_WRITES = 80;
const WRITES_WITHIN = 30_000;

/**
 * Binds the address's fragment to the store, both ways. At rest the fragment is replaced by the link
 * to the moment; a step of the case's history makes an entry of the browser's, so that Back and
 * Forward walk through cases. Undo is a change of the case like any other and makes an entry too;
 * Back is one as well, and can be undone. Inside another page entries would be that page's: there
 * the fragment is only ever replaced.
 */
export function bindAddress(store: RankscopeStore, window: AddressWindow): Address {
  const embedded = window.parent !== window;
  const { embed } = readHash(window.location.hash);
  const hashOf = (link: string) => `#${printHash({ embed, link })}`;
  /** The case of the browser's current entry, and the steps before it when it was made. */
  let entry: Pick<RankscopeState, 'case' | 'past'> | null = null;
  let written: string | null = null;
  /** The browser's fragment as it was last written or read. Another one is about to be read. */
  let known = window.location.hash;
  let timer: number | null = null;
  let writes: readonly number[] = [];
  const waiting = new Set<() => void>();
  /** A fragment that was found changed, and no event has told of yet; and since when. */
  let untold: { readonly hash: string; readonly since: number } | null = null;

  /** Not too often, and not over an address that is about to be read. */
  const mayWrite = () => {
    writes = writes.filter((time) => performance.now() - time < WRITES_WITHIN);
    return writes.length < MOST_WRITES && window.location.hash === known;
  };
  /**
   * The browser tells of a new fragment within moments, unless a script replaced it, of which nobody
   * is ever told: one that is still untold after a quiet time is written over.
   */
  const noticeReplaced = () => {
    const { hash } = window.location;
    if (hash === known) untold = null;
    else if (untold?.hash !== hash) untold = { hash, since: performance.now() };
    else if (performance.now() - untold.since >= TOLD_WITHIN) {
      known = hash;
      written = null;
    }
  };
  const stop = () => {
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
  };
  const schedule = (delay: number) => {
    stop();
    timer = window.setTimeout(write, delay);
  };
  // What the address is then is printed once the page is quiet: whoever looks waits for other things.
  const follow = (state: RankscopeState) => {
    if (said(state) !== null) schedule(QUIET);
  };

  /**
   * What the address should say: the moment at rest; of a case that it does not say yet, the moment at
   * which playing will stop. Null where it is to stay as it is.
   */
  function said(state: RankscopeState): RankscopeState | null {
    if (atRest(state)) return state;
    const isOther = entry !== null && !sameCase(entry.case, state.case);
    const plays = state.direction !== 0 && atRest({ ...state, direction: 0 });
    return isOther && plays ? { ...state, cursor: state.target } : null;
  }

  function write(): void {
    stop();
    const state = store.getState();
    const shown = said(state);
    const link = shown === null ? null : printFragment(shown);
    noticeReplaced();
    if (link !== null && link !== written && !mayWrite()) {
      schedule(QUIET);
      return;
    }
    if (link !== null) put(state, link);
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  function enter(state: RankscopeState): void {
    entry = { case: state.case, past: state.past };
  }

  function put(state: RankscopeState, link: string): void {
    const another =
      entry !== null && entry.past !== state.past && !sameCase(entry.case, state.case);
    enter(state);
    if (link === written) return;
    written = link;
    writes = [...writes, performance.now()];
    if (another && !embedded) window.history.pushState(null, '', hashOf(link));
    else window.history.replaceState(null, '', hashOf(link));
    known = window.location.hash;
  }

  /** Opens what the address says; `otherwise`, where it says nothing that can be opened. */
  function read(otherwise: (broken: boolean) => void, instead: string): void {
    stop();
    const { link: fragment } = readHash(window.location.hash);
    const lesson = readLessonLink(fragment);
    if (lesson !== null) {
      written = fragment;
      void openLesson(store, lesson);
      return;
    }
    const opened = fragment === '' ? null : readLink(fragment);
    if (opened?.ok === true) {
      written = fragment;
      const { link } = opened;
      store.getState().leaveLesson();
      void openLink(store, link);
      if (link.remark !== undefined) store.getState().notify(link.remark);
      return;
    }
    otherwise(opened !== null);
    if (opened !== null) {
      const text = `This link cannot be opened: ${opened.message}. ${instead}`;
      store.getState().notify({ wrong: true, text });
    }
  }

  store.subscribe(follow);
  window.addEventListener('hashchange', () => {
    known = window.location.hash;
    if (written !== null && known === hashOf(written)) return;
    written = null;
    read(() => {}, 'What was shown stays.');
    const state = store.getState();
    enter(state);
    follow(state);
  });

  return {
    link: () => pageAddress(printFragment(store.getState()), window.location),
    open() {
      const first = (broken: boolean) =>
        void store.getState().open(DEFAULT_CASE, broken ? 'settle' : 'play');
      read(first, 'The first case is shown instead.');
      enter(store.getState());
    },
    async settled() {
      if (timer === null) return;
      if (mayWrite()) write();
      else await new Promise<void>((resolve) => waiting.add(resolve));
    },
  };
}

/** The whole address of a link, on this page. */
export function pageAddress(link: string, location = window.location): string {
  return `${location.href.replace(/#.*$/s, '')}#${link}`;
}

/** Whether what is on the screen stays there by itself. */
function atRest(state: RankscopeState): boolean {
  const { status, direction, shown, case: wanted, partner, awaited } = state;
  if (direction !== 0 || awaited !== null || partner?.status.kind === 'running') return false;
  return status.kind === 'done' && shown?.case === wanted;
}
