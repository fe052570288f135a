import { download } from '../../share/export/download.ts';
import { pageAddress } from '../../store/link/address.ts';
import { printFragment } from '../../store/link/lesson-link.ts';
import type { RankscopeStore } from '../../store/state.ts';
import type { Action } from './action.ts';
import { chooseFile } from './choose-file.ts';
import { judgedRun } from './run-ref.ts';
import { sessionFiles, takeSession } from './take-in.ts';

/** The run that is on the screen, to be sent to others and to be kept. */
export const SHARE_ACTIONS: readonly Action[] = [
  {
    id: 'copy-link',
    title: 'Copy link to this moment',
    group: 'Share',
    keys: ['C'],
    enabled: ({ shown }) => shown !== null,
    run: (store) => void copyLink(store),
  },
  {
    id: 'save-session',
    title: 'Save this session as a file',
    group: 'Share',
    keys: ['Mod+S'],
    enabled: ({ shown }) => shown !== null,
    run: (store) => void downloadSession(store),
  },
  {
    id: 'open-session',
    title: 'Open a session from a file',
    group: 'Share',
    keys: ['Mod+O'],
    run: (store) =>
      chooseFile(
        '.gz,.json,application/gzip,application/json',
        (file) => void takeSession(store, file),
      ),
  },
];

/** Copies the whole address; shows it to be copied by hand where the browser will not. */
async function copyLink(store: RankscopeStore): Promise<void> {
  const { notify, setCopied } = store.getState();
  const address = pageAddress(printFragment(store.getState()));
  try {
    await navigator.clipboard.writeText(address);
    setCopied(true);
  } catch {
    const text = 'The browser does not let this page write to the clipboard. Copy the link here:';
    notify({ wrong: false, text, toCopy: address });
  }
}

async function downloadSession(store: RankscopeStore): Promise<void> {
  if (judgedRun(store) === null) return;
  const state = store.getState();
  const { saveSession } = await sessionFiles();
  const saved = await saveSession(state);
  if (!saved.ok) {
    store.getState().notify({ wrong: true, text: saved.message });
    return;
  }
  download(saved.name, saved.file);
}
