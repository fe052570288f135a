import { goalOf, isOnPath, openQuestion } from '../../store/lesson-path.ts';
import { openLessonFile } from '../../store/open-lesson.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import type { Action } from './action.ts';
import { chooseFile } from './choose-file.ts';

/** Following a lesson. Space, PageDown and the full stop go on with it: see `goOnWithLesson`. */
export const LESSON_ACTIONS: readonly Action[] = [
  {
    id: 'lesson-next',
    title: 'On with the lesson (Space)',
    group: 'Lesson',
    enabled: ({ lesson }) => lesson !== null,
    run(store) {
      if (!goOnWithLesson(store)) void store.getState().returnToLesson();
    },
  },
  {
    id: 'lesson-back',
    title: 'One step of the lesson back',
    group: 'Lesson',
    enabled: ({ lesson }) => lesson !== null && lesson.step > 0,
    run: (store) => toStep(store, -1),
  },
  {
    id: 'lesson-return',
    title: 'Return to the lesson',
    group: 'Lesson',
    keys: ['B'],
    enabled: (state) => state.lesson !== null && !isOnPath(state),
    run: (store) => void store.getState().returnToLesson(),
  },
  {
    id: 'lesson-leave',
    title: 'Leave the lesson',
    group: 'Lesson',
    enabled: ({ lesson }) => lesson !== null,
    run: (store) => store.getState().leaveLesson(),
  },
  {
    id: 'open-lesson',
    title: 'Open a lesson file',
    group: 'Lesson',
    run: (store) => chooseFile('.md,text/markdown', (file) => void openLessonFile(store, file)),
  },
];

/** How a lesson that is on the screen goes on. */
export type WayOn =
  /** Ends the move that is under way. */
  | 'end-of-move'
  /** Shows the answer that is waited for. */
  | 'answer'
  | 'next-step'
  /** Ends the lesson. */
  | 'finish';

/** What to go on is now; null where no lesson is on the screen. */
export function wayOn(state: RankscopeState): WayOn | null {
  const { lesson, shown, direction } = state;
  if (lesson === null || shown === null || !isOnPath(state)) return null;
  if (direction !== 0) return 'end-of-move';
  if (openQuestion(state) !== null) return 'answer';
  return lesson.step < lesson.lesson.steps.length - 1 ? 'next-step' : 'finish';
}

/** Goes on with the lesson that is on the screen. False where none is. */
export function goOnWithLesson(store: RankscopeStore): boolean {
  const state = store.getState();
  const { lesson, shown } = state;
  const way = wayOn(state);
  if (way === null || lesson === null || shown === null) return false;
  if (way === 'end-of-move') state.seek(goalOf(lesson).tickIn(shown) ?? state.target);
  else if (way === 'answer') state.reply('shown');
  else toStep(store, 1);
  return true;
}

/** Turns one step back, where a lesson is on the screen. */
export function goBackInLesson(store: RankscopeStore): boolean {
  const state = store.getState();
  if (state.lesson === null || state.lesson.step === 0 || !isOnPath(state)) return false;
  toStep(store, -1);
  return true;
}

/** After its last step a lesson is over, and the others are shown. */
function toStep(store: RankscopeStore, by: 1 | -1): void {
  const { lesson, startLesson, leaveLesson, look } = store.getState();
  if (lesson === null) return;
  const step = lesson.step + by;
  if (step < lesson.lesson.steps.length) void startLesson(lesson.lesson, step);
  else {
    leaveLesson();
    look({ place: 'lessons' });
  }
}
