import { timer } from 'd3';
import { useEffect } from 'react';
import { useRankscopeStore } from '../store-context.ts';

/** Lets playback time pass with the frames while something plays. */
export function usePlaybackClock(): void {
  const store = useRankscopeStore();
  useEffect(() => {
    let last = 0;
    const clock = timer((elapsed) => {
      const passed = Math.min(elapsed - last, LONGEST_FRAME);
      last = elapsed;
      if (store.getState().direction !== 0) store.getState().tick(passed);
    });
    return () => clock.stop();
  }, [store]);
}

/** Milliseconds: after a stall (a hidden tab), playback goes on where it was. */
const LONGEST_FRAME = 100;
