import * as v from 'valibot';
import type { FactValue } from './fact.ts';
import type { Lesson, LessonStep } from './lesson.ts';

/** What a learner answered in the end; `shown` where they asked to be shown. */
export type Reply = FactValue | 'shown';

/** Replies by `questionKey`. */
export type Replies = Readonly<Record<string, Reply>>;

/** How far a learner came in a lesson. */
export interface LessonProgress {
  /** The step that was last shown, from 0. */
  readonly step: number;
  /** The furthest one. */
  readonly reached: number;
  /** Whether its end was reached once. */
  readonly done: boolean;
  readonly replies: Replies;
}

/** How far a learner came, lesson by lesson. */
export type Progress = Readonly<Record<string, LessonProgress>>;

/** By what a question is known again after a reload; another question in its place is another one. */
export function questionKey({ title, ask }: LessonStep): string {
  return `${title}: ${ask?.question ?? ''}`;
}

/** The progress once a step is shown. */
export function reaching(
  progress: Progress,
  { id, steps }: Lesson,
  step: number,
  replies: Replies,
): Progress {
  const before = progress[id];
  const reached = Math.max(before?.reached ?? 0, step);
  const done = before?.done === true || reached === steps.length - 1;
  return { ...progress, [id]: { step, reached, done, replies } };
}

/**
 * What is to be kept once this tab's progress went from `before` to `now` and other tabs kept
 * `stored`: nobody's steps or replies are lost, and a reply that was taken back here is gone.
 */
export function merged(stored: Progress, before: Progress, now: Progress): Progress {
  const changed = Object.entries(now).filter(([id, one]) => one !== before[id]);
  const entries = changed.map(([id, one]) => {
    const other = stored[id];
    if (other === undefined) return [id, one] as const;
    const known = before[id]?.replies ?? {};
    const others = Object.entries(other.replies).filter(([key]) => !(key in known));
    const both: LessonProgress = {
      step: one.step,
      reached: Math.max(one.reached, other.reached),
      done: one.done || other.done,
      replies: { ...Object.fromEntries(others), ...one.replies },
    };
    return [id, both] as const;
  });
  return { ...stored, ...Object.fromEntries(entries) };
}

const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const REPLY = v.union([v.string(), v.number(), v.array(v.number())]);
const PROGRESS = v.record(
  v.string(),
  v.object({
    step: COUNT,
    reached: COUNT,
    done: v.boolean(),
    // Absent in what earlier versions kept.
    replies: v.optional(v.record(v.string(), REPLY), {}),
  }),
);

/** Reads what was kept in the browser; nothing where it makes no sense. */
export function readProgress(text: string | null): Progress {
  try {
    const read = v.safeParse(PROGRESS, JSON.parse(text ?? '{}'));
    return read.success ? read.output : {};
  } catch {
    return {};
  }
}
