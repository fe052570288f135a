import type { Steps } from '../../base/steps.ts';
import { inTurns } from '../../store/in-turns.ts';

/** A drawing under way, of which one is done at a time. */
export interface Drawing {
  /** Whether one is under way. */
  isUnderWay(): boolean;
  /**
   * Draws in steps: what is short is done when this returns, of what is not the rest follows in turns
   * of their own, between which the page answers.
   */
  begin(steps: Steps<void>): void;
  /** Leaves what is under way. */
  leave(): void;
}

/** `wait` hears when a drawing goes on beyond its frame, and gives what hears when it is over. */
export function createDrawing(wait: () => () => void): Drawing {
  let current: AbortController | null = null;
  const leave = () => {
    current?.abort();
    current = null;
  };
  const draw = async (steps: Steps<void>, mine: AbortController) => {
    const told: (() => void)[] = [];
    try {
      await inTurns(steps, mine.signal, () => {
        if (told.length === 0) told.push(wait());
      });
    } catch (error) {
      if (!mine.signal.aborted) throw error;
    } finally {
      if (current === mine) current = null;
      for (const tell of told) tell();
    }
  };
  return {
    isUnderWay: () => current !== null,
    begin(steps) {
      leave();
      const mine = new AbortController();
      current = mine;
      void draw(steps, mine);
    },
    leave,
  };
}
