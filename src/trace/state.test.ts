import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import { runWith } from '../engine/testing.ts';
import { momentsOf } from './moment.ts';
import { rankStateAt } from './state.ts';
import { mergeTrace } from './trace.ts';

describe('what a rank holds of a list of pieces', () => {
  const trace = mergeTrace(runWith({ implementation: 'verl', sp: 4, seq: 8, heads: 8, batch: 2 }));

  it('is every piece, in order, after all were made contiguous in one tick', () => {
    const tick = momentsOf(trace).findIndex(({ events }) =>
      events.some(({ placed: { event } }) => event.kind === 'local' && event.name === 'contiguous'),
    );
    for (const rank of range(4)) {
      const made = at(trace.lanes, rank).flatMap((placed) => {
        const { event } = placed;
        return placed.tick === tick && event.kind === 'local' ? event.outputs : [];
      });
      expect(made).toHaveLength(4);
      expect(rankStateAt(trace, rank, tick).holding).toEqual(made);
      expect(rankStateAt(trace, rank, tick - 1).holding).toHaveLength(4);
    }
  });
});
