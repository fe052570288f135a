import { type Timer, timer } from 'd3';

/** What is played: a store, or what a page file has in its place. */
export interface Played {
  subscribe(listener: () => void): () => void;
  isPlaying(): boolean;
  /** Lets `milliseconds` of playback pass. */
  tick(milliseconds: number): void;
}

/**
 * Lets playback time pass with the frames while something plays; at rest no frame is asked for.
 * Returns how to stop.
 */
export function startClock({ subscribe, isPlaying, tick }: Played): () => void {
  let clock: Timer | null = null;
  const stop = () => {
    clock?.stop();
    clock = null;
  };
  const follow = () => {
    if (!isPlaying()) return stop();
    if (clock !== null) return;
    let last = 0;
    clock = timer((elapsed) => {
      const passed = Math.min(elapsed - last, LONGEST_FRAME);
      last = elapsed;
      tick(passed);
    });
  };
  follow();
  const unsubscribe = subscribe(follow);
  return () => {
    unsubscribe();
    stop();
  };
}

/** Milliseconds: after a stall (a hidden tab), playback goes on where it was. */
const LONGEST_FRAME = 100;
