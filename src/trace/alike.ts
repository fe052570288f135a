import { memoized } from '../base/memo.ts';
import { entryOf } from './entry.ts';
import type { Trace } from './trace.ts';

/** Whether every rank does the same in every tick, so that one lane shows what they all do. */
export const areAllAlike = memoized((trace: Trace): boolean => {
  const [first = [], ...others] = trace.lanes;
  return (
    others.length > 0 &&
    others.every((lane, index) => {
      const rank = index + 1;
      return (
        lane.length === first.length &&
        lane.every((placed, position) => {
          const before = first[position];
          return (
            before?.tick === placed.tick &&
            before.event.kind === placed.event.kind &&
            entryOf(trace, 0, before.index).operation ===
              entryOf(trace, rank, placed.index).operation
          );
        })
      );
    })
  );
});
