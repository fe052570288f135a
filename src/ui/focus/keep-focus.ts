import { focusOn } from './focus-on.ts';

/** What can be reached with the Tab key. */
const REACHED =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex="-1"])';

/** Parts of the page that are worth standing on where what stood in them is gone. */
const REGIONS = 'main, aside, nav, form, section, header, [role="dialog"], [role="tabpanel"]';

/** Small groups, in which the neighbour of what is gone is nearer than their whole. */
const GROUPS = 'fieldset, [role="group"], [role="toolbar"], [role="tablist"], [data-focus-group]';

/**
 * Keeps the focus in the page: where the element that has it is removed, hidden or disabled, its
 * nearest neighbour takes it, else the region around, else the main part of the page. A browser by
 * itself lets it fall to the body, from where the Tab key begins anew. Returns how to stop.
 */
export function keepFocus(page: Document): () => void {
  let last: HTMLElement | null = null;
  let path: readonly Element[] = [];
  const remember = () => {
    const focused = page.activeElement;
    if (!(focused instanceof HTMLElement) || focused === page.body) return;
    last = focused;
    path = ancestors(focused);
  };
  // Who clicks on nothing wants the focus nowhere.
  /** Whether a pointer was the last to do something: its hand is on the mouse, not on the keys. */
  let pointed = false;
  const forget = () => {
    pointed = true;
    last = null;
  };
  const typed = () => {
    pointed = false;
  };
  const check = () => {
    const focused = page.activeElement;
    const nowhere = focused === null || focused === page.body;
    if (last === null || (!nowhere && focused !== last) || isReachable(last)) return;
    // In a frame that has not the focus, none is taken from the page around it.
    if (!page.hasFocus()) return;
    const lost = last;
    last = null;
    focusOn(heirOf(lost, path, pointed) ?? page.querySelector('main'));
    remember();
  };
  let frame = 0;
  const observer = new MutationObserver((changes) => {
    // What is drawn anew all the time removes nothing that has the focus: that is seen at once.
    if (last !== null && !last.isConnected) check();
    if (changes.every(({ type }) => type === 'childList')) return;
    // What an attribute hides or disables is known once styles are.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(check);
  });
  observer.observe(page.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'inert', 'data-open', 'data-presenting'],
  });
  page.addEventListener('focusin', remember);
  page.addEventListener('keydown', typed, { capture: true });
  page.addEventListener('pointerdown', forget, { capture: true });
  page.addEventListener('pointerup', remember, { capture: true });
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    page.removeEventListener('focusin', remember);
    page.removeEventListener('keydown', typed, { capture: true });
    page.removeEventListener('pointerdown', forget, { capture: true });
    page.removeEventListener('pointerup', remember, { capture: true });
  };
}

/**
 * Who takes the focus of an element that is gone; null where all around it is gone too. After a click
 * it is the region: Space plays then, and presses no neighbour of what was clicked.
 */
function heirOf(lost: HTMLElement, path: readonly Element[], pointed: boolean): Element | null {
  for (const around of path) {
    if (!around.isConnected || !isSeen(around)) continue;
    if (!pointed && around.matches(GROUPS)) {
      const neighbour = [...around.querySelectorAll<HTMLElement>(REACHED)].find(
        (one) => one !== lost && isReachable(one),
      );
      if (neighbour !== undefined) return neighbour;
    }
    if (around.matches(REGIONS)) return around;
  }
  return null;
}

function ancestors(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let one = element.parentElement; one !== null; one = one.parentElement) found.push(one);
  return found;
}

function isReachable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && isSeen(element);
}

function isSeen(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}
