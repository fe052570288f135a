import { goalOf, isOnPath, openQuestion } from '../store/lesson-path.ts';
import { openLessonFile } from '../store/open-lesson.ts';
import type { RankscopeStore } from '../store/state.ts';
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
    title: 'Open a lesson of one’s own from a file',
    group: 'Lesson',
    run: (store) => chooseFile('.md,text/markdown', (file) => void openLessonFile(store, file)),
  },
];

/**
 * Goes on with the lesson that is on the screen: ends a move that is under way, shows the answer
 * where one is waited for, else turns to the next step. False where no lesson is on the screen.
 */
export function goOnWithLesson(store: RankscopeStore): boolean {
  const state = store.getState();
  const { lesson, shown, direction } = state;
  if (lesson === null || shown === null || !isOnPath(state)) return false;
  if (direction !== 0) state.seek(goalOf(lesson).tickIn(shown) ?? state.target);
  else if (openQuestion(state) !== null) state.reply('shown');
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
