import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listOf, onlyValue, RunsReader, runsOf, valueAt } from './runs.ts';

it('says every number of a list again', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 })), (list) => {
      const runs = runsOf(list);
      expect(listOf(runs)).toEqual(list);
      expect(list.map((_, index) => valueAt(runs, index))).toEqual(list);
      const reader = new RunsReader(runs);
      expect(list.map(() => reader.next())).toEqual(list);
      expect(() => reader.next()).toThrow(/invariant broken/);
      expect(() => valueAt(runs, list.length)).toThrow(/invariant broken/);
    }),
  );
});

it('writes equal neighbours once', () => {
  expect([...runsOf([4, 4, 4, 0])]).toEqual([3, 4, 1, 0]);
  expect(onlyValue(runsOf([5, 5, 5]))).toBe(5);
  expect(onlyValue(runsOf([5, 5, 6]))).toBeNull();
});
