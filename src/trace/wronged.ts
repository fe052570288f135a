import { memoizedByIndex } from '../base/memo.ts';
import { departures } from '../core/judge/checks/compare-with-truth.ts';
import type { Recording } from '../core/recording/event.ts';
import type { Where } from './event-kind.ts';

type Departure = ReturnType<typeof departures>[number];

/** By rank, how what a call returned departs from what it should have, in shape or in elements. */
const departuresIn = memoizedByIndex(
  (recording: Recording, call: number): ReadonlyMap<number, Departure> =>
    new Map(
      departures(recording, call)
        .filter(({ shapeWrong, wrongElements }) => shapeWrong || wrongElements > 0)
        .map((departure) => [departure.rank, departure]),
    ),
);

/** What is wrong with what a rank returned there; undefined where nothing is. */
export function departureOf({ trace, rank, placed }: Where): Departure | undefined {
  return departuresIn(trace.recording, placed.call).get(rank);
}
