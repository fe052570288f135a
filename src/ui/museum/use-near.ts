import { useEffect, useState } from 'react';

/** How far outside what is seen something is made ready, in CSS pixels. */
const AHEAD = '500px 0px';

/** Whether an element is on the screen, or was. */
export function useNear(element: { readonly current: HTMLElement | null }): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    const root = node.closest<HTMLElement>('[data-scrolls]');
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setNear(true);
        observer.disconnect();
      },
      { root, rootMargin: AHEAD },
    );
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return near;
}
