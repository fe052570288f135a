import { expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { product, range, sum } from '../../base/numbers.ts';
import { attend, attentionProblem, type Heads, headsFrom } from './attention.ts';

function headsOf(name: 'q' | 'k' | 'v', shape: readonly [number, number, number, number]): Heads {
  const heads = headsFrom(name, shape, Int32Array.from(range(product(shape))), 0, shape[0]);
  if (heads === null) throw new Error('four dimensions are numbers');
  return heads;
}

/** Softmax attention as a textbook has it, one element at a time. */
function textbook(q: Heads, k: Heads, v: Heads, causal: boolean): number[] {
  const read = (x: Heads, b: number, s: number, h: number, d: number) =>
    at(x.values, ((b * x.seq + s) * x.heads + h) * x.headDim + d);
  const group = q.heads / k.heads;
  return range(q.values.length).map((place) => {
    const d = place % q.headDim;
    const h = Math.floor(place / q.headDim) % q.heads;
    const s = Math.floor(place / (q.headDim * q.heads)) % q.seq;
    const b = Math.floor(place / (q.headDim * q.heads * q.seq));
    const kv = Math.floor(h / group);
    const seen = range(causal ? s + 1 : q.seq);
    const weights = seen.map((t) => {
      const products = range(q.headDim).map((e) => read(q, b, s, h, e) * read(k, b, t, kv, e));
      return Math.exp(sum(products) / Math.sqrt(q.headDim));
    });
    return sum(seen.map((t) => (at(weights, t) / sum(weights)) * read(v, b, t, kv, d)));
  });
}

it('is what a textbook says, full and causal, with groups of heads', () => {
  const q = headsOf('q', [2, 5, 4, 3]);
  const [k, v] = [headsOf('k', [2, 5, 2, 3]), headsOf('v', [2, 5, 2, 3])];
  const { full, causal } = attend(q, k, v);
  const pairs = [
    [full, textbook(q, k, v, false)],
    [causal, textbook(q, k, v, true)],
  ] as const;
  for (const [got, wanted] of pairs) {
    expect(got).toHaveLength(wanted.length);
    got.forEach((value, place) => {
      expect(value).toBeCloseTo(at(wanted, place), 14);
    });
  }
  expect(Array.from(full)).not.toEqual(Array.from(causal));
});

it('stays finite where scores are as large as they get', () => {
  const x = headsOf('q', [1, 8, 1, 512]);
  const { full, causal } = attend(x, x, x);
  expect([...full, ...causal].every(Number.isFinite)).toBe(true);
});

it('says why heads cannot attend', () => {
  const q = headsOf('q', [1, 4, 3, 2]);
  expect(attentionProblem(q, headsOf('k', [1, 4, 2, 2]), headsOf('v', [1, 4, 2, 2]))).toBe(
    '3 query heads beside 2 heads of keys',
  );
  expect(attentionProblem(q, headsOf('k', [1, 5, 3, 2]), headsOf('v', [1, 5, 3, 2]))).toBe(
    'keys [1, 5] beside queries [1, 4]',
  );
});
