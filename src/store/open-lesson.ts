import type { Lesson, LessonProblem, LessonSource, ReadLesson } from '../content/lessons/lesson.ts';
import { DEFAULT_CASE } from '../core/cases/case-input.ts';
import type { RankscopeStore } from './state.ts';

/** Which lesson, and which step of it, from 0. */
export interface LessonAddress {
  /** The id of a built-in one, or the address of a file on the same site. */
  readonly lesson: { readonly id: string } | { readonly address: string };
  /** Null for where one was last. */
  readonly step: number | null;
}

/** The letters of a lesson’s file, at most. */
const LARGEST = 400_000;

/** Opens a lesson at a step. What cannot be opened is told, and what was shown stays. */
export async function openLesson(
  store: RankscopeStore,
  { lesson: which, step }: LessonAddress,
): Promise<void> {
  await opening(store, async () => {
    const found = 'id' in which ? await builtIn(which.id) : await fetched(which.address);
    if (typeof found === 'string') return found;
    return { lesson: found, step: step ?? store.getState().progress[found.id]?.step ?? 0 };
  });
}

/** Opens a teacher’s own lesson from a file that was dropped or chosen. */
export async function openLessonFile(store: RankscopeStore, file: File): Promise<void> {
  await opening(store, async () => {
    if (file.size > LARGEST) return tooLarge(file.name, file.size);
    const read = await readAndCheck(await file.text(), file.name, {
      kind: 'file',
      name: file.name,
    });
    return read.ok ? { lesson: read.lesson, step: 0 } : refusal(file.name, read.problems);
  });
}

/**
 * Starts the lesson that `find` comes to, or tells what it says is wrong; neither where something else
 * was opened in the meantime. The page is not idle before it is done.
 */
async function opening(
  store: RankscopeStore,
  find: () => Promise<{ readonly lesson: Lesson; readonly step: number } | string>,
): Promise<void> {
  const { awaitOpening, startLesson, open, notify } = store.getState();
  await awaitOpening(async (isWanted) => {
    const found = await find();
    if (!isWanted()) return;
    if (typeof found !== 'string') {
      void startLesson(found.lesson, found.step);
      return;
    }
    // A page that was opened with this address has nothing else to show.
    if (store.getState().shown === null) await open(DEFAULT_CASE, 'settle');
    notify({ wrong: true, text: found });
  });
}

async function builtIn(id: string): Promise<Lesson | string> {
  const { LESSONS } = await import('../content/lessons/built-in.ts');
  const ids = LESSONS.map((one) => one.id).join(', ');
  return LESSONS.find((one) => one.id === id) ?? `There is no lesson ${id}; there are ${ids}.`;
}

/** Only what the same site serves: a link must not make the page ask anybody else. */
async function fetched(address: string): Promise<Lesson | string> {
  const cannot = (why: string) => `The lesson ${address} cannot be opened: ${why}.`;
  const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;
  if (url === null || url.origin !== window.location.origin) {
    return cannot('it must be the address of a file on this page’s own site');
  }
  let text: string;
  try {
    const response = await fetch(url, { credentials: 'omit' });
    if (!response.ok) return cannot(`the site answers ${response.status}`);
    text = await response.text();
  } catch {
    return cannot('the site does not answer');
  }
  if (text.length > LARGEST) return tooLarge(address, text.length);
  const read = await readAndCheck(text, address, { kind: 'address', address });
  return read.ok ? read.lesson : refusal(address, read.problems);
}

/** Reads a lesson from outside, and holds it to the ranks before it is shown. */
async function readAndCheck(text: string, id: string, source: LessonSource): Promise<ReadLesson> {
  const [{ readLesson }, { checkLesson }] = await Promise.all([
    import('../content/lessons/read-lesson.ts'),
    import('../content/lessons/check-lesson.ts'),
  ]);
  const read = readLesson(text, id, source);
  if (!read.ok) return read;
  const problems = checkLesson(read.lesson);
  return problems.length === 0 ? read : { ok: false, problems };
}

function tooLarge(name: string, size: number): string {
  return `${name} cannot be opened as a lesson: it has ${size} letters; at most ${LARGEST} are read.`;
}

/** How many problems a sentence has room for. */
const MOST_TOLD = 3;

function refusal(name: string, problems: readonly LessonProblem[]): string {
  const told = problems
    .slice(0, MOST_TOLD)
    .map(({ line, message }) => `line ${line}: ${message}.`)
    .join(' ');
  const more = problems.length - MOST_TOLD;
  return `${name} is no lesson yet. ${told}${more > 0 ? ` And ${more} more.` : ''}`;
}
