import { type Timer, timer } from 'd3';
import { useEffect } from 'react';
import { useRankscopeStore } from '../store-context.ts';

/** Lets playback time pass with the frames while something plays; at rest no frame is asked for. */
export function usePlaybackClock(): void {
  const store = useRankscopeStore();
  useEffect(() => {
    let clock: Timer | null = null;
    const stop = () => {
      clock?.stop();
      clock = null;
    };
    const follow = () => {
      if (store.getState().direction === 0) return stop();
      if (clock !== null) return;
      let last = 0;
      clock = timer((elapsed) => {
        const passed = Math.min(elapsed - last, LONGEST_FRAME);
        last = elapsed;
        store.getState().tick(passed);
      });
    };
    follow();
    const unsubscribe = store.subscribe(follow);
    return () => {
      unsubscribe();
      stop();
    };
  }, [store]);
}

/** Milliseconds: after a stall (a hidden tab), playback goes on where it was. */
const LONGEST_FRAME = 100;
