import { describe, expect, it } from 'vitest';
import { strangeBatch } from './draw-labels.ts';

describe('the sequence that a row is counted to', () => {
  it('is told where a tensor has more sequences than the model', () => {
    const shape = [4, 2, 2, 2];
    const rows = [0, 4, 8, 12, 16, 20, 24, 28];
    expect(rows.map((place) => strangeBatch(shape, place, 1, 0))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(strangeBatch([1, 32, 1, 2], 62, 1, 1)).toBe(31);
  });

  it('is not told of a right one, nor of what is no layout', () => {
    expect(strangeBatch([1, 8, 2, 2], 4, 1, 0)).toBeNull();
    expect(strangeBatch([2, 8, 2, 2], 4, 2, 0)).toBeNull();
    expect(strangeBatch([4, 1, 2, 2, 2], 4, 1, 0)).toBeNull();
  });
});
