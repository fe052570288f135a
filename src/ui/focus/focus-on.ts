/** Gives the focus to a part of the page that takes none by itself: a region, a heading. */
export function focusOn(part: Element | null): void {
  if (!(part instanceof HTMLElement)) return;
  if (part.tabIndex < 0 && !part.hasAttribute('tabindex')) part.tabIndex = -1;
  part.focus();
}
