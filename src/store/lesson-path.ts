import { at } from '../base/assert.ts';
import {
  type Highlight,
  type LessonStep,
  lastMoment,
  type Panel,
  type Question,
} from '../content/lessons/lesson.ts';
import { questionKey, type Reply } from '../content/lessons/progress.ts';
import { reachOf } from '../content/lessons/reach.ts';
import { checksIn } from '../content/lessons/text.ts';
import type { When } from '../content/lessons/when.ts';
import { sameCase } from '../core/cases/same-case.ts';
import type { StopAt } from '../core/recording/standstill.ts';
import type { LessonUnderWay, RankscopeState } from './state.ts';
import { FIRST_VIEW } from './view-slice.ts';

/** What follows from a lesson that is under way; nothing here is kept. */

export function stepOf({ lesson, step }: LessonUnderWay): LessonStep {
  return at(lesson.steps, step);
}

/** What was answered to the step's question; null where nothing was, or nothing is asked. */
export function replyOf(underWay: LessonUnderWay): Reply | null {
  return replyTo(underWay, stepOf(underWay));
}

function replyTo({ replies }: LessonUnderWay, step: LessonStep): Reply | null {
  return step.ask === null ? null : (replies[questionKey(step)] ?? null);
}

/** The moment in which a step rests: where it asks, and once it was answered, where it shows. */
export function goalOf(underWay: LessonUnderWay): When {
  const step = stepOf(underWay);
  return step.ask !== null && replyOf(underWay) === null ? step.at : lastMoment(step);
}

/**
 * How far the ranks go now: to the lesson’s next question about their case that is not answered; null
 * for to their end.
 */
export function goalOfRanks(underWay: LessonUnderWay): StopAt | null {
  const { lesson, step } = underWay;
  return reachOf(lesson.steps, step, (one) => replyTo(underWay, one) !== null);
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
  return lesson === null || replyOf(lesson) !== null ? null : stepOf(lesson).ask;
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

/**
 * Whether something is on the screen beside the stage: unless a lesson’s step leaves it out, and the
 * learner has not asked for it.
 */
export function hasPanel(state: RankscopeState, panel: Panel): boolean {
  if (state.lesson === null || !isOnPath(state)) return true;
  const { panels, look } = stepOf(state.lesson);
  if (panels.includes(panel)) return true;
  if (panel === 'side') return state.side !== (look.side ?? FIRST_VIEW.side);
  return panel === 'timeline' && state.under !== (look.under ?? FIRST_VIEW.under);
}

/** The ids of the checks of which a lesson speaks now, in one text: "attention-equal pass1-truth". */
export function spokenChecks(state: RankscopeState): string {
  return state.lesson !== null && isOnPath(state)
    ? checksIn(stepOf(state.lesson).text).join(' ')
    : '';
}
