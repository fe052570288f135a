import type { Advice } from '../../core/advice/advice.ts';
import { adviceText } from '../../core/advice/advice-text.ts';
import { issueMarkdown } from '../../core/advice/issue.ts';
import { projectOf } from '../../core/programs/implementations/index.ts';
import { adviceOn } from '../../store/advice-slice.ts';
import { pageAddress } from '../../store/link/address.ts';
import type { Judged } from '../../store/shown.ts';
import type { RankscopeStore } from '../../store/state.ts';
import type { Action } from './action.ts';
import { PAGE_RUN, RIGHT_RUN, type RunRef } from './run-ref.ts';

/** A run that is copied, with the address that leads back to it. */
interface Copied {
  readonly shown: Judged;
  readonly link: string;
}

/** One text that can be copied of any run. */
interface CopyForm extends Pick<Action, 'id' | 'title' | 'keys'> {
  /** Its name in a menu that is called "Copy". */
  readonly short: string;
  /** Whether there is such a text of a run; always, where absent. */
  fits?(run: NonNullable<ReturnType<RunRef['find']>>): boolean;
  copy(store: RankscopeStore, copied: Copied): Promise<void>;
}

const FORMS: readonly CopyForm[] = [
  {
    id: 'copy-issue',
    title: 'Copy for an issue (Markdown)',
    short: 'For an issue (Markdown)',
    copy: copyIssue,
  },
  {
    id: 'copy-advice',
    title: 'Copy the fix as a sentence',
    short: 'The fix, as a sentence',
    fits: ({ verdict }) => verdict !== 'fine',
    copy: copyAdvice,
  },
  {
    id: 'copy-repro',
    title: 'Copy a Python script that needs torch alone',
    short: 'Script with torch alone',
    keys: ['R'],
    copy: copyRepro,
  },
  {
    id: 'copy-repro-deepspeed',
    title: 'Copy a Python script that calls the installed DeepSpeed',
    short: 'Script that calls DeepSpeed',
    fits: (run) => projectOf(run.case.implementation) === 'deepspeed',
    copy: copyReproWithDeepSpeed,
  },
  { id: 'copy-pytest', title: 'Copy a pytest', short: 'pytest', copy: copyPytest },
];

/** What is taken of a run to an issue, a shell or a test. Every text carries the link back. */
export function copyActions(run: RunRef): readonly Action[] {
  return FORMS.map(({ id, title, short, keys, fits, copy: copyForm }) => ({
    id: `${id}${run.suffix}`,
    title: `${run.prefix}${title}`,
    short,
    group: 'Share',
    // A key means the run of the page.
    ...(keys === undefined || run !== PAGE_RUN ? {} : { keys }),
    enabled: (state) => {
      const found = run.find(state);
      return found !== null && fits?.(found) !== false;
    },
    run: async (store) => {
      const shown = await run.judged(store);
      if (shown === null) return;
      await copyForm(store, { shown, link: pageAddress(run.linkTo(shown, store.getState())) });
    },
  }));
}

export const COPY_ACTIONS: readonly Action[] = [PAGE_RUN, RIGHT_RUN].flatMap(copyActions);

/** The advice on a run; what is being sought is waited for. Null once no place shows the run. */
async function adviceFor(store: RankscopeStore, shown: Judged): Promise<Advice | null> {
  await store.getState().findAdvice(shown);
  return adviceOn(store.getState(), shown.case);
}

async function copyIssue(store: RankscopeStore, { shown, link }: Copied): Promise<void> {
  const advice = await adviceFor(store, shown);
  if (advice === null) return;
  const text = issueMarkdown({ ...shown, advice, link });
  await copy(store, text, 'The text for an issue is on the clipboard, as Markdown.');
}

async function copyAdvice(store: RankscopeStore, { shown }: Copied): Promise<void> {
  const advice = await adviceFor(store, shown);
  if (advice === null) return;
  await copy(store, adviceText(advice), 'What to do is on the clipboard.');
}

async function copyRepro(store: RankscopeStore, { shown, link }: Copied): Promise<void> {
  const { reproScript } = await import('../../share/repro/repro-script.ts');
  await copyScript(store, reproScript(shown.trace.recording, link), 'torch alone');
}

async function copyReproWithDeepSpeed(
  store: RankscopeStore,
  { shown, link }: Copied,
): Promise<void> {
  const { reproWithDeepSpeed } = await import('../../share/repro/repro-with-deepspeed.ts');
  const written = reproWithDeepSpeed(shown.trace.recording, link);
  if (written.ok) await copyScript(store, written.script, 'torch and DeepSpeed');
  else refuse(store, `There is no script that calls DeepSpeed: ${written.reason}.`);
}

async function copyPytest(store: RankscopeStore, { shown, link }: Copied): Promise<void> {
  const advice = await adviceFor(store, shown);
  if (advice === null) return;
  const { pytestFor } = await import('../../share/repro/pytest-text.ts');
  const degrees = advice.without.filter(({ kind }) => kind === 'ranks');
  const also = degrees.map((remedy) => remedy.case);
  const written = pytestFor([shown.case, ...also], link);
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
