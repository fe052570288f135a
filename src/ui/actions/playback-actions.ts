import type { Action } from './action.ts';
import { goBackInLesson, goOnWithLesson } from './lesson-actions.ts';

/** Time: play, pause, step, go to the ends. Where a lesson is on the screen, time is the lesson’s. */
export const PLAYBACK_ACTIONS: readonly Action[] = [
  {
    id: 'play',
    title: 'Play or pause; in a lesson, go on',
    group: 'Time',
    keys: ['Space'],
    run(store) {
      if (goOnWithLesson(store)) return;
      const { direction, play } = store.getState();
      play(direction === 0 ? 1 : 0);
    },
  },
  {
    id: 'play-backwards',
    title: 'Play backwards',
    group: 'Time',
    keys: ['Shift+Space'],
    run(store) {
      const { direction, play } = store.getState();
      play(direction < 0 ? 0 : -1);
    },
  },
  {
    id: 'step-on',
    title: 'Step forward',
    group: 'Time',
    keys: ['ArrowRight'],
    run: (store) => store.getState().step(1),
  },
  {
    id: 'remote-on',
    title: 'Next (presenter remote)',
    group: 'Time',
    keys: ['PageDown', '.'],
    run(store) {
      if (!goOnWithLesson(store)) store.getState().step(1);
    },
  },
  {
    id: 'step-back',
    title: 'Step back',
    group: 'Time',
    keys: ['ArrowLeft'],
    run: (store) => store.getState().step(-1),
  },
  {
    id: 'remote-back',
    title: 'Back (presenter remote)',
    group: 'Time',
    keys: ['PageUp'],
    run(store) {
      if (!goBackInLesson(store)) store.getState().step(-1);
    },
  },
  {
    id: 'to-start',
    title: 'Go to the start',
    group: 'Time',
    keys: ['Home'],
    run: (store) => store.getState().seek(0),
  },
  {
    id: 'to-end',
    title: 'Go to the end',
    group: 'Time',
    keys: ['End'],
    run: (store) => store.getState().seek(Number.POSITIVE_INFINITY),
  },
];
