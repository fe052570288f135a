import type { KeyboardEvent } from 'react';

/** How far each key goes among the buttons of a row; an end where it goes there. */
const WAYS: Readonly<Record<string, 1 | -1 | 'first' | 'last'>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: 'first',
  End: 'last',
};

/**
 * Arrow keys, Home and End move the focus among the buttons of a row that can be pressed; the Tab key
 * stops at one of them.
 */
export function moveInRow(event: KeyboardEvent<HTMLElement>): void {
  const way = WAYS[event.key];
  if (way === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')].filter(
    (button) => !button.disabled,
  );
  const now = buttons.findIndex((button) => button.matches(':focus'));
  if (now < 0) return;
  const last = buttons.length - 1;
  const next = way === 'first' ? 0 : way === 'last' ? last : (now + way + last + 1) % (last + 1);
  event.preventDefault();
  event.stopPropagation();
  for (const [index, button] of buttons.entries()) button.tabIndex = index === next ? 0 : -1;
  buttons[next]?.focus();
}
