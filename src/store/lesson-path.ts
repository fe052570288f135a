import { at } from '../base/assert.ts';
import { sameCase } from '../case-text/case-patch.ts';
import type { StopAt } from '../engine/standstill.ts';
import { type Highlight, type LessonStep, lastMoment, type Question } from '../lessons/lesson.ts';
import { reachOf } from '../lessons/reach.ts';
import type { When } from '../lessons/when.ts';
import type { LessonUnderWay, RankscopeState } from './state.ts';

/** What follows from a lesson that is under way; nothing here is kept. */

export function stepOf({ lesson, step }: LessonUnderWay): LessonStep {
  return at(lesson.steps, step);
}

/** The moment in which a step rests: where it asks, and once it was answered, where it shows. */
export function goalOf(underWay: LessonUnderWay): When {
  const step = stepOf(underWay);
  return step.ask !== null && underWay.reply === null ? step.at : lastMoment(step);
}

/** How far the ranks go now: to the lesson’s next question about their case; null for to their end. */
export function goalOfRanks({ lesson, step, reply }: LessonUnderWay): StopAt | null {
  return reachOf(lesson.steps, step, reply !== null);
}

/** Whether the ranks that are shown are those of the step, and have gone as far as they shall now. */
export function hasItsRun(
  { shown, case: wanted }: Pick<RankscopeState, 'shown' | 'case'>,
  underWay: LessonUnderWay,
): boolean {
  if (shown?.case !== wanted || !sameCase(wanted, stepOf(underWay).case)) return false;
  return JSON.stringify(shown.until) === JSON.stringify(goalOfRanks(underWay));
}

/** The question that waits for an answer; null where none does. */
export function openQuestion({ lesson }: Pick<RankscopeState, 'lesson'>): Question | null {
  return lesson === null || lesson.reply !== null ? null : stepOf(lesson).ask;
}

/**
 * Whether the page shows what the lesson is about: its case, in its moment or on the way to it. A
 * person who changes a field or moves the cursor has left the path, and may come back to it.
 */
export function isOnPath(
  state: Pick<
    RankscopeState,
    'lesson' | 'case' | 'shown' | 'partner' | 'status' | 'cursor' | 'target' | 'place'
  > & { readonly direction: number },
): boolean {
  const { lesson, shown } = state;
  if (lesson === null || state.place !== 'stage' || state.partner !== null) return false;
  if (!sameCase(state.case, stepOf(lesson).case)) return false;
  if (state.status.kind === 'running' || shown === null) return true;
  if (!hasItsRun(state, lesson)) return false;
  const goal = goalOf(lesson).tickIn(shown);
  return state.target === goal && (state.direction !== 0 || state.cursor === goal);
}

/** What of the page stands out now; null where nothing does. */
export function highlightOf(state: RankscopeState): Highlight | null {
  return state.lesson !== null && isOnPath(state) ? stepOf(state.lesson).highlight : null;
}
