/** Where text is written. */
export const WRITING = 'input, textarea, [contenteditable="true"]';

/**
 * Whether an event that the whole page hears is meant for something that `selector` names. Within a
 * shadow root, as that of the rule's editor, the event's own target is only the element around it.
 */
export function isMeantFor(event: Event, selector: string): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest(selector) !== null;
}
