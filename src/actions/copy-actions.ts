import { adviceText } from '../advice/advice-text.ts';
import { issueMarkdown } from '../advice/issue.ts';
import { projectOf } from '../engine/implementations/index.ts';
import { pageAddress } from '../store/link/address.ts';
import { printFragment } from '../store/link/lesson-link.ts';
import { isJudged, isStanding, type Judged } from '../store/shown.ts';
import { NOT_OVER } from '../store/shown-text.ts';
import type { RankscopeState, RankscopeStore } from '../store/state.ts';
import type { Action } from './action.ts';

const isThere = ({ shown }: RankscopeState) => shown !== null;

/** What is taken to an issue, a shell or a test. Every text carries the link back. */
export const COPY_ACTIONS: readonly Action[] = [
  {
    id: 'copy-issue',
    title: 'Copy for an issue (Markdown)',
    group: 'Share',
    enabled: isThere,
    run: (store) => void copyIssue(store),
  },
  {
    id: 'copy-advice',
    title: 'Copy the fix as a sentence',
    group: 'Share',
    enabled: (state) => isThere(state) && state.shown?.verdict !== 'fine',
    run: (store) => void copyAdvice(store),
  },
  {
    id: 'copy-repro',
    title: 'Copy a Python script that needs torch alone',
    group: 'Share',
    keys: ['R'],
    enabled: isThere,
    run: (store) => void copyRepro(store),
  },
  {
    id: 'copy-repro-deepspeed',
    title: 'Copy a Python script that calls the installed DeepSpeed',
    group: 'Share',
    enabled: (state) => isThere(state) && projectOf(state.case.implementation) === 'deepspeed',
    run: (store) => void copyReproWithDeepSpeed(store),
  },
  {
    id: 'copy-pytest',
    title: 'Copy a pytest',
    group: 'Share',
    enabled: isThere,
    run: (store) => void copyPytest(store),
  },
];

/** The run that is shown, if it is over; else what keeps it is told. */
export function judgedRun(store: RankscopeStore): Judged | null {
  const { shown, notify } = store.getState();
  if (isJudged(shown)) return shown;
  if (isStanding(shown)) notify({ wrong: false, text: NOT_OVER });
  return null;
}

const linkOf = (store: RankscopeStore) => pageAddress(printFragment(store.getState()));

/** The advice about the run that is shown: what is being sought is waited for. */
async function advised(store: RankscopeStore) {
  const shown = judgedRun(store);
  if (shown === null) return null;
  await store.getState().findAdvice(shown);
  const found = store.getState().advised;
  return found?.run === shown ? { shown, advice: found.advice } : null;
}

async function copyIssue(store: RankscopeStore): Promise<void> {
  const found = await advised(store);
  if (found === null) return;
  const { shown, advice } = found;
  const text = issueMarkdown({ ...shown, advice, link: linkOf(store) });
  await copy(store, text, 'The text for an issue is on the clipboard, as Markdown.');
}

async function copyAdvice(store: RankscopeStore): Promise<void> {
  const found = await advised(store);
  if (found === null) return;
  await copy(store, adviceText(found.advice), 'What to do is on the clipboard.');
}

async function copyRepro(store: RankscopeStore): Promise<void> {
  const shown = judgedRun(store);
  if (shown === null) return;
  const { reproScript } = await import('../repro/repro-script.ts');
  await copyScript(store, reproScript(shown.trace.recording, linkOf(store)), 'torch alone');
}

async function copyReproWithDeepSpeed(store: RankscopeStore): Promise<void> {
  const shown = judgedRun(store);
  if (shown === null) return;
  const { reproWithDeepSpeed } = await import('../repro/repro-with-deepspeed.ts');
  const written = reproWithDeepSpeed(shown.trace.recording, linkOf(store));
  if (written.ok) await copyScript(store, written.script, 'torch and DeepSpeed');
  else refuse(store, `There is no script that calls DeepSpeed: ${written.reason}.`);
}

async function copyPytest(store: RankscopeStore): Promise<void> {
  const found = await advised(store);
  if (found === null) return;
  const { shown, advice } = found;
  const { pytestFor } = await import('../repro/pytest-text.ts');
  const degrees = advice.without.filter(({ kind }) => kind === 'ranks');
  const also = degrees.map((remedy) => remedy.case);
  const written = pytestFor([shown.case, ...also], linkOf(store));
  if (!written.ok) {
    refuse(store, `There is no pytest: ${written.reason}.`);
    return;
  }
  const needs = `A pytest is on the clipboard: save it as a file and run it where ${written.needs} is installed.`;
  await copy(store, written.script, needs);
}

function refuse(store: RankscopeStore, text: string): void {
  store.getState().notify({ wrong: true, text });
}

async function copyScript(store: RankscopeStore, script: string, needs: string): Promise<void> {
  const lines = script.split('\n').length;
  const said = `A Python script of ${lines} lines is on the clipboard: it needs ${needs}, and prints the same verdict.`;
  await copy(store, script, said);
}

/** Puts a text on the clipboard; shows it to be copied by hand where the browser will not. */
async function copy(store: RankscopeStore, text: string, said: string): Promise<void> {
  const { notify } = store.getState();
  try {
    await navigator.clipboard.writeText(text);
    notify({ wrong: false, text: said });
  } catch {
    const why = 'The browser does not let this page write to the clipboard. Copy the text here:';
    notify({ wrong: false, text: why, toCopy: text });
  }
}
