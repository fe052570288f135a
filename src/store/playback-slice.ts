import type { Tick } from '../trace/trace.ts';
import { bothSides } from './comparison.ts';
import { advance, lengthOf, lengthOfBoth } from './playback.ts';
import { isStanding } from './shown.ts';
import type { PlaybackSlice, Slice } from './state.ts';

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export const playbackSlice: Slice<PlaybackSlice> = (set, get) => {
  /** Whoever goes on from where the ranks stand has them go on first. */
  const beyond = async (move: () => void) => {
    if (await get().goOn()) move();
  };
  const standsAtEnd = () => {
    const { shown, cursor } = get();
    return isStanding(shown) && cursor >= shown.trace.ticks - 1;
  };
  return {
    cursor: 0,
    direction: 0,
    target: 0,
    speed: 1,
    motion: true,

    play(direction, target) {
      const { shown, cursor } = get();
      if (shown === null) return;
      if (direction > 0 && target === undefined && standsAtEnd()) {
        void beyond(() => get().play(1));
        return;
      }
      const end = shown.trace.ticks - 1;
      const goal = target ?? (direction < 0 ? 0 : end);
      const atEnd = direction > 0 && cursor >= goal;
      set({ direction, target: goal, ...(atEnd ? { cursor: 0 } : {}) });
    },

    step(by) {
      const { shown, cursor, motion } = get();
      if (shown === null) return;
      if (by > 0 && standsAtEnd()) {
        void beyond(() => get().step(1));
        return;
      }
      const end = shown.trace.ticks - 1;
      const from = by > 0 ? Math.floor(cursor) : Math.ceil(cursor);
      const target = Math.min(end, Math.max(0, from + by));
      if (motion) set({ direction: by, target });
      else set({ direction: 0, cursor: target, target });
    },

    seek(cursor) {
      const { shown } = get();
      if (shown === null) return;
      const inside = Math.min(shown.trace.ticks - 1, Math.max(0, cursor));
      set({ direction: 0, cursor: inside, target: inside });
    },

    tick(milliseconds) {
      const { shown, cursor, direction, target, speed } = get();
      if (shown === null || direction === 0) return;
      const both = bothSides(get());
      const length = (one: Tick) =>
        both === null ? lengthOf(shown.trace, one) : lengthOfBoth(both, one);
      const next = advance(length, cursor, milliseconds * speed, target);
      set({ cursor: next, direction: next === target ? 0 : direction });
    },

    setSpeed: (speed) => set({ speed }),
    setMotion: (motion) => set({ motion }),
  };
};
