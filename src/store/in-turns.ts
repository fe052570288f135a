import type { Steps } from '../base/steps.ts';

/** Milliseconds of work in a turn: of a click in the middle of it, no more than that is felt. */
const LONGEST_TURN = 25;

/**
 * Does work in steps, as many in one turn as are short together, so that the page answers in between.
 * `onTurn` hears whenever it is not over yet.
 * @throws what `signal` aborts for
 */
export async function inTurns<T>(
  steps: Steps<T>,
  signal: AbortSignal,
  onTurn: () => void,
  now = () => performance.now(),
): Promise<T> {
  for (;;) {
    const end = now() + LONGEST_TURN;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (now() < end);
    onTurn();
    await turn();
    signal.throwIfAborted();
  }
}

/** Lets whatever else waits have its turn. A timer would let it wait for longer in a hidden tab. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
