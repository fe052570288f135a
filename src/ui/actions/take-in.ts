import { headsText } from '../../core/cases/models/model.ts';
import {
  configTooLarge,
  MAX_CONFIG_BYTES,
  readModelConfig,
} from '../../core/cases/models/read-config.ts';
import { sameCase } from '../../core/cases/same-case.ts';
import { showMoment } from '../../store/link/open-link.ts';
import { openLessonFile } from '../../store/open-lesson.ts';
import type { RankscopeStore } from '../../store/state.ts';

/** Reads and writes sessions; fetched when there is one. */
export const sessionFiles = () => import('../../store/session/session-file.ts');

/** Takes what was dropped: one file. Several would each change what the one before has shown. */
export async function takeFiles(store: RankscopeStore, files: readonly File[]): Promise<void> {
  const [file] = files;
  if (file === undefined) return;
  if (files.length === 1) return takeFile(store, file);
  const names = files.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = files.length > MOST_NAMED ? ' …' : '';
  const text = `${files.length} files were dropped: ${names.join(', ')}${more}. Drop one at a time.`;
  store.getState().notify({ wrong: true, text });
}

/** So many of the files that are not taken are named. */
const MOST_NAMED = 3;

/**
 * What a person brings from outside: dropped or pasted anywhere on the page, or chosen. What it is
 * is decided by its content, never by its name. It is read in the page and goes nowhere.
 */
export async function takeFile(store: RankscopeStore, file: File): Promise<void> {
  await store.getState().awaitOpening(async (isWanted) => {
    const take = await howToTake(store, file);
    if (isWanted()) await take();
  });
}

/** Reads as much of a file as tells what it is, and returns what takes it in. */
async function howToTake(store: RankscopeStore, file: File): Promise<() => void | Promise<void>> {
  if (!(await isReadable(file))) {
    const text = `${file.name} cannot be read: it is a folder, or it is no longer there. A file is expected.`;
    return () => store.getState().notify({ wrong: true, text });
  }
  const { looksLikeSession } = await sessionFiles();
  if (await looksLikeSession(file)) return () => takeSession(store, file);
  // Front matter is what a lesson begins with; no config.json and no session does.
  if ((await file.slice(0, 8).text()).trimStart().startsWith('---')) {
    return () => openLessonFile(store, file);
  }
  if (file.size > MAX_CONFIG_BYTES) {
    return () => refuseConfig(store, file.name, configTooLarge(file.size));
  }
  const content = await file.text();
  return () => takeConfig(store, content, { fileName: file.name });
}

async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

/** Shows a session's recording as it was saved; nothing is run. */
export async function takeSession(store: RankscopeStore, file: File): Promise<void> {
  const { awaitOpening, notify, present } = store.getState();
  await awaitOpening(async (isWanted) => {
    const { loadSession } = await sessionFiles();
    const session = await loadSession(file);
    if (!isWanted()) return;
    if (!session.ok) {
      notify({ wrong: true, text: `${file.name} cannot be opened. ${session.message}` });
      return;
    }
    present(session.recording, session.link.modelName, session.partner);
    showMoment(store, session.link);
    notify({
      wrong: false,
      text: `Opened ${file.name}: a recording, not re-run.`,
    });
  });
}

/** Takes a model's head counts from the text of its config.json, a file or what was pasted or dropped. */
export function takeConfig(
  store: RankscopeStore,
  text: string,
  from: { readonly fileName: string } | 'pasted' | 'dropped',
): void {
  const fileName = typeof from === 'string' ? undefined : from.fileName;
  const read = readModelConfig(text, fileName);
  if (!read.ok) {
    refuseConfig(store, fileName ?? `What was ${from}`, read.message);
    return;
  }
  const { case: before, chooseModel, notify } = store.getState();
  void chooseModel(read.model);
  // What is taken is answered, even where nothing on the screen moves.
  if (!sameCase(store.getState().case, before)) return;
  const said = `${fileName ?? `What was ${from}`} says ${headsText(read.model)}`;
  notify({ wrong: false, text: `${said}: these are the numbers on the screen.` });
}

/** Said over the page, wherever one is in it: no field of the case is what was brought. */
function refuseConfig(store: RankscopeStore, what: string, why: string): void {
  store.getState().notify({ wrong: true, text: `${what} cannot be used. ${why}` });
}
