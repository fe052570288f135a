import { useEffect } from 'react';
import { useRankscopeStore } from '../store-context.ts';
import { startClock } from './clock.ts';

/** Has what the page plays go on with the frames. */
export function usePlaybackClock(): void {
  const store = useRankscopeStore();
  useEffect(
    () =>
      startClock({
        subscribe: store.subscribe,
        isPlaying: () => store.getState().direction !== 0,
        tick: (milliseconds) => store.getState().tick(milliseconds),
      }),
    [store],
  );
}
