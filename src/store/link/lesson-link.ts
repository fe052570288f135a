import { isOnPath } from '../lesson-path.ts';
import type { LessonAddress } from '../open-lesson.ts';
import type { RankscopeState } from '../state.ts';
import { printAddress } from './link.ts';

/**
 * The short, lasting address of a lesson’s step, counted from 1:
 *
 *   #lesson/uneven-heads/3                a built-in one
 *   #lesson=lessons/mine.md&step=3        a file on the same site
 */

/** The fragment of what is on the screen: a lesson’s step where one is followed, else case and moment. */
export function printFragment(state: RankscopeState): string {
  const { lesson } = state;
  if (lesson === null || !isOnPath(state)) return printAddress(state);
  const { id, source } = lesson.lesson;
  const step = lesson.step + 1;
  if (source.kind === 'built-in') return `lesson/${id}/${step}`;
  if (source.kind === 'address') {
    return `lesson=${encodeURIComponent(source.address).replaceAll('%2F', '/')}&step=${step}`;
  }
  // Nobody else has the file.
  return printAddress(state);
}

/** The same of a frame: it has no place but the stage, though the end of a lesson leads to another. */
export function printFramed(state: RankscopeState): string {
  return printFragment({ ...state, place: 'stage' });
}

/** Reads a lesson’s address; null for what is none. */
export function readLessonLink(fragment: string): LessonAddress | null {
  const [, id, number] = /^lesson\/([\w-]{1,60})(?:\/(\d{1,3}))?$/.exec(fragment) ?? [];
  if (id !== undefined) return { lesson: { id }, step: stepIn(number) };
  const [, escaped, step] = /^lesson=([^&]{1,2000})(?:&step=(\d{1,3}))?$/.exec(fragment) ?? [];
  if (escaped === undefined) return null;
  try {
    return { lesson: { address: decodeURIComponent(escaped) }, step: stepIn(step) };
  } catch {
    return null;
  }
}

function stepIn(number: string | undefined): number | null {
  return number === undefined ? null : Number(number) - 1;
}
