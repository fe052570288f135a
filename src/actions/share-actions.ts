import { download } from '../export/download.ts';
import { pageAddress } from '../store/address.ts';
import { printFragment } from '../store/link/lesson-link.ts';
import { saveSession } from '../store/session/session-file.ts';
import { isJudged, isStanding, type Judged } from '../store/shown.ts';
import { NOT_OVER } from '../store/shown-text.ts';
import type { RankscopeStore } from '../store/state.ts';
import type { Action } from './action.ts';
import { chooseFile } from './choose-file.ts';
import { takeSession } from './take-in.ts';

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
    id: 'copy-repro',
    title: 'Copy repro: a Python script that does the same on real ranks',
    group: 'Share',
    keys: ['R'],
    enabled: ({ shown }) => shown !== null,
    run: (store) => void copyRepro(store),
  },
  {
    id: 'copy-repro-deepspeed',
    title: 'Copy repro that calls the installed DeepSpeed',
    group: 'Share',
    enabled: ({ shown }) => shown !== null,
    run: (store) => void copyReproWithDeepSpeed(store),
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

/** The run that is shown, if it is over; else what keeps it is told. */
export function judgedRun(store: RankscopeStore): Judged | null {
  const { shown, notify } = store.getState();
  if (isJudged(shown)) return shown;
  if (isStanding(shown)) notify({ wrong: false, text: NOT_OVER });
  return null;
}

async function copyRepro(store: RankscopeStore): Promise<void> {
  const shown = judgedRun(store);
  if (shown === null) return;
  const { reproScript } = await import('../repro/repro-script.ts');
  await copyScript(store, reproScript(shown.trace.recording), 'torch alone');
}

async function copyReproWithDeepSpeed(store: RankscopeStore): Promise<void> {
  const { notify } = store.getState();
  const shown = judgedRun(store);
  if (shown === null) return;
  const { reproWithDeepSpeed } = await import('../repro/repro-with-deepspeed.ts');
  const written = reproWithDeepSpeed(shown.trace.recording);
  if (written.ok) await copyScript(store, written.script, 'torch and DeepSpeed');
  else notify({ wrong: true, text: `There is no script that calls DeepSpeed: ${written.reason}.` });
}

async function copyScript(store: RankscopeStore, script: string, needs: string): Promise<void> {
  const { notify } = store.getState();
  try {
    await navigator.clipboard.writeText(script);
    const lines = script.split('\n').length;
    notify({
      wrong: false,
      text: `A Python script of ${lines} lines is on the clipboard: it needs ${needs}, and prints the same verdict.`,
    });
  } catch {
    const text = 'The browser does not let this page write to the clipboard. Copy the script here:';
    notify({ wrong: false, text, toCopy: script });
  }
}

async function downloadSession(store: RankscopeStore): Promise<void> {
  if (judgedRun(store) === null) return;
  const saved = await saveSession(store.getState());
  if (!saved.ok) {
    store.getState().notify({ wrong: true, text: saved.message });
    return;
  }
  download(saved.name, saved.file);
}
