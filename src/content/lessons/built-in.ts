import { assert } from '../../base/assert.ts';
import type { Lesson } from './lesson.ts';
import { readLesson } from './read-lesson.ts';

/** The files of the lessons that come with the page: "./texts/01-why-cut.md" → its text. */
const TEXTS = import.meta.glob<string>('./texts/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The built-in lessons, in the order in which a newcomer follows them: that of their file names. */
export const LESSONS: readonly Lesson[] = Object.keys(TEXTS)
  .toSorted()
  .map((path) => {
    const id = /\d+-(.+)\.md$/.exec(path)?.[1] ?? path;
    const read = readLesson(TEXTS[path] ?? '', id, { kind: 'built-in' });
    assert(
      read.ok,
      read.ok
        ? ''
        : `${path}: ${read.problems.map((one) => `${one.line}: ${one.message}`).join('; ')}`,
    );
    return read.lesson;
  });
