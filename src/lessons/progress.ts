import * as v from 'valibot';
import type { Lesson } from './lesson.ts';

/** How far a learner came in a lesson. */
export interface LessonProgress {
  /** The step that was last shown, from 0. */
  readonly step: number;
  /** The furthest one. */
  readonly reached: number;
  /** Whether its end was reached once. */
  readonly done: boolean;
}

/** How far a learner came, lesson by lesson. */
export type Progress = Readonly<Record<string, LessonProgress>>;

/** The progress once a step is shown. */
export function reaching(progress: Progress, { id, steps }: Lesson, step: number): Progress {
  const before = progress[id];
  const reached = Math.max(before?.reached ?? 0, step);
  const done = before?.done === true || reached === steps.length - 1;
  return { ...progress, [id]: { step, reached, done } };
}

const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const PROGRESS = v.record(v.string(), v.object({ step: COUNT, reached: COUNT, done: v.boolean() }));

/** Reads what was kept in the browser; nothing where it makes no sense. */
export function readProgress(text: string | null): Progress {
  try {
    const read = v.safeParse(PROGRESS, JSON.parse(text ?? '{}'));
    return read.success ? read.output : {};
  } catch {
    return {};
  }
}
