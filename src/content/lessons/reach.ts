import { sameCase } from '../../core/cases/same-case.ts';
import type { StopAt } from '../../core/recording/standstill.ts';
import type { LessonStep } from './lesson.ts';

/**
 * How far the ranks go in a lesson: as far as its next question about their case, and no further
 * before it is answered. So nothing on the page can give the answer away, in no step that leads there.
 *
 *   case     ├──────────────── A ────────────────┤├────── B ──────┤
 *   step     1         2 asks at t      3             4        5
 *   ranks    to t      to t, to the     to the end    to the end …
 *                      end once answered
 */

/** The step whose question the ranks stand at in a step; null where they go to their end. */
export function standsFor(
  steps: readonly LessonStep[],
  step: number,
  isAnswered: (step: LessonStep) => boolean,
): LessonStep | null {
  const own = steps[step];
  for (const [index, one] of steps.entries()) {
    if (index < step || own === undefined) continue;
    if (!sameCase(one.case, own.case)) return null;
    if (one.ask !== null && !isAnswered(one)) return one;
  }
  return null;
}

/** What tells the ranks to stop there; null for to their end. */
export function reachOf(
  steps: readonly LessonStep[],
  step: number,
  isAnswered: (step: LessonStep) => boolean,
): StopAt | null {
  const asking = standsFor(steps, step, isAnswered);
  return asking === null ? null : asking.at.stopIn(asking.case);
}
