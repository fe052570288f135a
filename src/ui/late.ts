import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RankscopeStore } from '../store/state.ts';
import { afterFirstPicture } from './first-picture.ts';
import { useRankscopeStore } from './store-context.ts';

/** What a part of the page is made with, and the first picture is not: it is fetched after that. */
export interface Late<T> {
  readonly fetch: () => Promise<T>;
  /** Null until it has been. */
  fetched: T | null;
}

export function late<T>(fetch: () => Promise<T>): Late<T> {
  return { fetch, fetched: null };
}

/**
 * What is fetched late, null until then: after the first picture, or at once where `now` says so.
 * `before` hears that it is about to take its place.
 */
export function useLate<T>(part: Late<T>, now: boolean, before?: () => void): T | null {
  const store = useRankscopeStore();
  const [found, find] = useState(() => part.fetched);
  const heard = useRef(before);
  useLayoutEffect(() => {
    heard.current = before;
  }, [before]);
  const missing = found === null;
  useEffect(() => {
    if (!missing) return;
    let over = false;
    const take = () => {
      void fetchedOf(part, store, now).then((value) => {
        if (over || value === null) return;
        heard.current?.();
        find(() => value);
      });
    };
    const leave = now ? null : afterFirstPicture(store, take);
    if (now) take();
    return () => {
      over = true;
      leave?.();
    };
  }, [part, store, missing, now]);
  return found;
}

/** Who waits for the page waits for this. What cannot be fetched is asked for again by a press. */
async function fetchedOf<T>(part: Late<T>, store: RankscopeStore, now: boolean): Promise<T | null> {
  const end = store.getState().begin();
  try {
    if (!now) await painted();
    part.fetched ??= await part.fetch();
    return part.fetched;
  } catch {
    return null;
  } finally {
    // Not before it stands on the page.
    setTimeout(end);
  }
}

/** After the next frame; a page that nobody sees has none, and waits no longer than this. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200);
  });
}

/** A button that opens what is fetched late: what rests in its place until then does not open yet. */
export interface Opener<T> {
  /** What it opens, null until it is fetched. */
  readonly found: T | null;
  /** Whether it was pressed before: it opens as soon as it can. */
  readonly pressed: boolean;
  /** Of the button, whichever stands there. */
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly press: () => void;
}

/** The button that has the focus has it still once the true one has taken its place. */
export function useOpener<T>(part: Late<T>): Opener<T> {
  const [pressed, setPressed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const focused = useRef(false);
  const found = useLate(part, pressed, () => {
    focused.current = document.activeElement === button.current;
  });
  useLayoutEffect(() => {
    if (found !== null && focused.current) button.current?.focus({ preventScroll: true });
  }, [found]);
  return { found, pressed, button, press: () => setPressed(true) };
}
