import { at } from '../../../base/assert.ts';
import { alikeIn, ranksOf } from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import type { Evidence } from '../finding.ts';
import { type Check, evidence, failure } from './check.ts';

/** No call met a head count that something else had left in the process. */
export const stateClean: Check = {
  title: 'No global state leaks between calls',
  worst: null,
  needs: [],
  judge(recording) {
    const c = recording.contract;
    if (c.headCount !== 'process') {
      return { status: 'not-applicable', summary: 'this code keeps no state', evidence: [] };
    }
    const found: Evidence[] = [];
    for (const [call, { heads }] of c.calls.entries()) {
      const met = alikeIn(recording).flatMap((alike) => {
        const own = alike.calls[call];
        const called = own?.events[0];
        if (own === undefined || called?.kind !== 'called') return [];
        const { numKvHeads } = called;
        return numKvHeads === null || numKvHeads === heads
          ? []
          : [{ ranks: alike.ranks, event: own.start, numKvHeads }];
      });
      const [first] = met;
      if (first === undefined) continue;
      const ranks = ranksOf(met);
      const { numKvHeads } = first;
      found.push(
        evidence(
          c,
          call,
          `a head count of ${numKvHeads}, which is not its ${heads}, met it on ${rankList(ranks, c.sp)}`,
          {
            ranks,
            operation: { rank: at(ranks, 0), event: first.event },
            numbers: { numKvHeads, heads },
          },
        ),
      );
    }
    return found.length === 0
      ? { status: 'pass', summary: 'no call met a head count that was not its own', evidence: [] }
      : failure(c, found);
  },
};
