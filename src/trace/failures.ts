import { memoized } from '../base/memo.ts';
import type { Rank } from '../core/recording/event.ts';
import { kindOf } from './event-kinds.ts';
import type { PlacedEvent, Trace } from './trace.ts';

/** Whether something is wrong in this event: it fails, or returns what it should not. */
export function isWrong(trace: Trace, rank: Rank, placed: PlacedEvent): boolean {
  const kind = kindOf(placed.event);
  return kind.isWrong?.(placed.event, { trace, rank, placed }) ?? kind.failure !== undefined;
}

/** The calls in which anything is wrong. */
export const wrongCalls = memoized((trace: Trace): ReadonlySet<number> => {
  const calls = new Set<number>();
  trace.lanes.forEach((lane, rank) => {
    for (const placed of lane) if (isWrong(trace, rank, placed)) calls.add(placed.call);
  });
  return calls;
});

/** Where what is wrong begins, and in which call; all that is wrong after that may follow from it. */
interface Causes {
  readonly events: ReadonlySet<PlacedEvent>;
  /** -1 where nothing is wrong. */
  readonly call: number;
}

/**
 * The events that are wrong by themselves in the first call in which anything is: who only waits for
 * a rank that never comes is not the cause of it.
 */
export const causesOf = memoized((trace: Trace): Causes => {
  const wrong = trace.lanes.flatMap((lane, rank) =>
    lane.filter((placed) => isWrong(trace, rank, placed)),
  );
  const first = wrong.reduce<PlacedEvent | null>(
    (one, other) => (one === null || other.tick < one.tick ? other : one),
    null,
  );
  if (first === null) return { events: new Set(), call: -1 };
  const together = wrong.filter(({ call }) => call === first.call);
  const own = together.filter(({ event }) => event.kind !== 'abandoned');
  return { events: new Set(own.length > 0 ? own : together), call: first.call };
});
