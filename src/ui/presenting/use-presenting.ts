import { useEffect } from 'react';
import type { Contrast } from '../../store/state.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';

const NAME = 'rankscope-contrast';

/** Tells the page’s root, from which all sizes and colours follow, whether it presents, and how. */
export function usePresenting(): void {
  const store = useRankscopeStore();
  const presenting = useRankscope((state) => state.presenting);
  const inLesson = useRankscope(({ lesson }) => lesson !== null);
  const contrast = useRankscope((state) => state.contrast);

  useEffect(() => {
    const { dataset } = document.documentElement;
    if (presenting) dataset.presenting = inLesson ? 'lesson' : '';
    else delete dataset.presenting;
  }, [presenting, inLesson]);

  useEffect(() => {
    if (contrast === 'more') document.documentElement.dataset.contrast = 'more';
    else delete document.documentElement.dataset.contrast;
  }, [contrast]);

  useEffect(() => {
    const ended = () => {
      if (document.fullscreenElement === null) store.getState().setPresenting(false);
    };
    document.addEventListener('fullscreenchange', ended);
    return () => document.removeEventListener('fullscreenchange', ended);
  }, [store]);

  // What a person chose is kept; until then the system’s wish is followed.
  useEffect(() => {
    const wish = window.matchMedia('(prefers-contrast: more)');
    const wished = (): Contrast => (wish.matches ? 'more' : 'normal');
    let following = wished();
    store.getState().setContrast(kept() ?? following);
    const follow = () => {
      following = wished();
      if (kept() === null) store.getState().setContrast(following);
    };
    wish.addEventListener('change', follow);
    const unsubscribe = store.subscribe(({ contrast: now }, before) => {
      if (now !== before.contrast && now !== following) keep(now);
      else if (now !== before.contrast) keep(null);
    });
    return () => {
      wish.removeEventListener('change', follow);
      unsubscribe();
    };
  }, [store]);
}

function kept(): Contrast | null {
  try {
    const value = localStorage.getItem(NAME);
    return value === 'more' || value === 'normal' ? value : null;
  } catch {
    return null;
  }
}

function keep(contrast: Contrast | null): void {
  try {
    if (contrast === null) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, contrast);
  } catch {
    // Without storage it holds for as long as the page is open.
  }
}
