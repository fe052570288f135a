import type { Action } from './action.ts';

/** Time: play, pause, step, go to the ends. */
export const PLAYBACK_ACTIONS: readonly Action[] = [
  {
    id: 'play',
    title: 'Play or pause',
    group: 'Time',
    keys: ['Space'],
    run(store) {
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
    title: 'One operation on',
    group: 'Time',
    // Presenter remotes send PageDown or a full stop, and PageUp.
    keys: ['ArrowRight', 'PageDown', '.'],
    run: (store) => store.getState().step(1),
  },
  {
    id: 'step-back',
    title: 'One operation back',
    group: 'Time',
    keys: ['ArrowLeft', 'PageUp'],
    run: (store) => store.getState().step(-1),
  },
  {
    id: 'to-start',
    title: 'To the start',
    group: 'Time',
    keys: ['Home'],
    run: (store) => store.getState().seek(0),
  },
  {
    id: 'to-end',
    title: 'To the end',
    group: 'Time',
    keys: ['End'],
    run: (store) => store.getState().seek(Number.POSITIVE_INFINITY),
  },
];
