import type { RankscopeStore } from '../../store/state.ts';
import type { Action } from './action.ts';

/** The page before an audience. */
export const PRESENTING_ACTIONS: readonly Action[] = [
  {
    id: 'present',
    title: 'Present: full screen, larger type',
    group: 'Presenting',
    keys: ['P'],
    run: (store) => void togglePresenting(store),
  },
  {
    id: 'pointer',
    title: 'Pointer: a ring follows the mouse, a click leaves a mark',
    group: 'Presenting',
    keys: ['T'],
    run: (store) => store.getState().setPointing(!store.getState().pointing),
  },
  {
    id: 'clear-marks',
    title: 'Clear the marks',
    group: 'Presenting',
    keys: ['Shift+T'],
    enabled: ({ marks }) => marks.length > 0,
    run: (store) => store.getState().setMarks([]),
  },
  {
    id: 'presenter-window',
    title: 'Second window: notes, next step, clock',
    group: 'Presenting',
    run: openPresenterWindow,
  },
  {
    id: 'contrast',
    title: 'Toggle high contrast',
    group: 'View',
    run(store) {
      const { contrast, setContrast } = store.getState();
      setContrast(contrast === 'more' ? 'normal' : 'more');
    },
  },
];

/** Full screen where the browser lets it; larger either way. */
async function togglePresenting(store: RankscopeStore): Promise<void> {
  const { presenting, setPresenting } = store.getState();
  setPresenting(!presenting);
  store.getState().look({ drawer: false });
  try {
    if (!presenting) await document.documentElement.requestFullscreen();
    else if (document.fullscreenElement !== null) await document.exitFullscreen();
  } catch {
    // Inside another page, or without a screen: it is larger all the same.
  }
}

/** The window that only the presenter sees; it knows this page by the name in its address. */
function openPresenterWindow(store: RankscopeStore): void {
  const { presenter, setPresenter, notify } = store.getState();
  const name = presenter ?? crypto.randomUUID().slice(0, 8);
  setPresenter(name);
  const address = `${window.location.href.replace(/#.*$/s, '')}#presenter/${name}`;
  const opened = window.open(address, `rankscope-${name}`, 'popup,width=760,height=640');
  if (opened !== null) return;
  const text =
    'The browser does not let this page open a window. Open this address in another one:';
  notify({ wrong: false, text, toCopy: address });
}
