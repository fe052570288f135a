import { configTooLarge, MAX_CONFIG_BYTES, readModelConfig } from '../engine/models/read-config.ts';
import { showMoment } from '../store/link/open-link.ts';
import { openLessonFile } from '../store/open-lesson.ts';
import { loadSession, looksLikeSession } from '../store/session/session-file.ts';
import type { RankscopeStore } from '../store/state.ts';

/**
 * What a person brings from outside: dropped or pasted anywhere on the page, or chosen. What it is
 * is decided by its content, never by its name. It is read in the page and goes nowhere.
 */
export async function takeFile(store: RankscopeStore, file: File): Promise<void> {
  if (await looksLikeSession(file)) return takeSession(store, file);
  // Front matter is what a lesson begins with; no config.json and no session does.
  if ((await file.slice(0, 8).text()).trimStart().startsWith('---')) {
    return openLessonFile(store, file);
  }
  if (file.size > MAX_CONFIG_BYTES) {
    store.getState().refuse({ field: 'config', message: configTooLarge(file.size) });
    return;
  }
  takeConfig(store, await file.text(), file.name);
}

/** Shows a session's recording as it was saved; nothing is run. */
export async function takeSession(store: RankscopeStore, file: File): Promise<void> {
  const session = await loadSession(file);
  const { notify, present } = store.getState();
  if (!session.ok) {
    notify({ wrong: true, text: `${file.name} cannot be opened. ${session.message}` });
    return;
  }
  present(session.recording, session.link.modelName, session.partner);
  showMoment(store, session.link);
  notify({
    wrong: false,
    text: `This is what ${file.name} holds: recorded earlier, not run here.`,
  });
}

/** Takes a model's head counts from the text of its config.json. */
export function takeConfig(store: RankscopeStore, text: string, fileName?: string): void {
  const { refuse, forgive, change } = store.getState();
  const read = readModelConfig(text, fileName);
  if (!read.ok) {
    refuse({ field: 'config', message: read.message });
    return;
  }
  forgive('config');
  const { name, heads, kvHeads, headDim } = read.model;
  void change({ heads, kvHeads, ...(headDim === null ? {} : { headDim }) }, name);
}
