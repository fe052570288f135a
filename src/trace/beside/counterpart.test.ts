import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import { runWith } from '../../core/world/testing.ts';
import { journeyOf } from '../provenance.ts';
import { rankStateAt } from '../state.ts';
import { mergeTrace } from '../trace.ts';
import { counterpartIn } from './counterpart.ts';

const SMALL = { heads: 4, seq: 8, batch: 2, headDim: 2 };

it('is the same element, there and back, whatever the ranks and the layout', () => {
  const traces = fc
    .record({ sp: fc.constantFrom(1, 2, 4), batchDimIdx: fc.constantFrom<0 | 1>(0, 1) })
    .map((one) => mergeTrace(runWith({ implementation: 'deepspeed-6797', ...SMALL, ...one })));
  fc.assert(
    fc.property(traces, traces, fc.nat(), fc.nat(), fc.nat(), (a, b, when, who, which) => {
      const tick = when % a.ticks;
      const rank = who % a.lanes.length;
      const { holding } = rankStateAt(a, rank, tick);
      fc.pre(holding.length > 0);
      const tensor = which % holding.length;
      const size = product(at(holding, tensor).shape);
      fc.pre(size > 0);
      const own = journeyOf(a, { tick, rank, tensor, place: which % size });
      fc.pre(own?.element != null);
      const there = own && counterpartIn(b, own);
      const theirs = there && journeyOf(b, there);
      expect(theirs?.element).toEqual(own?.element);
      const back = theirs && counterpartIn(a, theirs);
      expect(back && journeyOf(a, back)?.element).toEqual(own?.element);
    }),
    { numRuns: 60 },
  );
});

it('is nowhere where the other run has no such element', () => {
  const large = mergeTrace(runWith({ implementation: 'deepspeed-6797', ...SMALL, sp: 2 }));
  const small = mergeTrace(
    runWith({ implementation: 'deepspeed-6797', ...SMALL, sp: 2, heads: 2 }),
  );
  const last = product(at(rankStateAt(large, 0, 0).holding, 0).shape) - 1;
  const own = journeyOf(large, { tick: 0, rank: 0, tensor: 0, place: last });
  expect(own?.element).toMatchObject({ h: 3 });
  expect(own && counterpartIn(small, own)).toBeNull();
});
