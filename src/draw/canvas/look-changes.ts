/**
 * Calls `listener` whenever colours or sizes of the page may have changed that canvases take from its
 * custom properties: another scheme, another contrast, presenting or no longer.
 */
export function onLookChange(listener: () => void): () => void {
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', listener);
  const attributes = new MutationObserver(listener);
  attributes.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-contrast', 'data-presenting'],
  });
  return () => {
    scheme.removeEventListener('change', listener);
    attributes.disconnect();
  };
}
