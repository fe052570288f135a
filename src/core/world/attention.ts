import { at } from '../../base/assert.ts';
import { finish, type Steps } from '../../base/steps.ts';

/**
 * Tiny real softmax attention, in double precision. Elements stand for numbers: `numberFor` gives
 * every element id of q, k and v a number of its own, so that attention over misplaced elements
 * comes out different.
 */

/** Numbers of one tensor, [B, S, h, D] whatever the layout of the case. */
export interface Heads {
  readonly batch: number;
  readonly seq: number;
  readonly heads: number;
  readonly headDim: number;
  /** Row-major over [B, S, h, D]. */
  readonly values: Float64Array;
}

export interface Attended {
  /** As the query, row-major over [B, S, h, D]. */
  readonly full: Float64Array;
  readonly causal: Float64Array;
}

/** Multiplications that attention is worth in a browser; larger cases are not attended. */
export const MOST_ATTENTION_WORK = 2 ** 23;

/** B·H·S²·D: the multiplications of one product of queries and keys. */
export function attentionWork(sizes: {
  readonly batch: number;
  readonly seq: number;
  readonly heads: number;
  readonly headDim: number;
}): number {
  return sizes.batch * sizes.heads * sizes.seq * sizes.seq * sizes.headDim;
}

/** A number in [-1, 1) for an element of a tensor: the same on every rank, for every run. */
export function numberFor(tensor: 'q' | 'k' | 'v', id: number): number {
  let x = Math.imul(id + 1, 0x9e3779b1) ^ (tensor.charCodeAt(0) * 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  x ^= x >>> 15;
  return (x >>> 0) / 2 ** 31 - 1;
}

function numbersFor(tensor: 'q' | 'k' | 'v', ids: Int32Array): Float64Array {
  const values = new Float64Array(ids.length);
  for (let index = 0; index < ids.length; index++)
    values[index] = numberFor(tensor, ids[index] ?? 0);
  return values;
}

/** Why these heads cannot attend to those, or null. */
export function attentionProblem(q: Heads, k: Heads, v: Heads): string | null {
  for (const [name, other] of [
    ['keys', k],
    ['values', v],
  ] as const) {
    if (other.batch !== q.batch || other.seq !== q.seq) {
      return `${name} [${other.batch}, ${other.seq}] beside queries [${q.batch}, ${q.seq}]`;
    }
    if (other.headDim !== q.headDim) {
      return `${name} of head dim ${other.headDim} beside queries of ${q.headDim}`;
    }
    if (q.heads > 0 && (other.heads === 0 || q.heads % other.heads !== 0)) {
      return `${q.heads} query heads beside ${other.heads} heads of ${name}`;
    }
  }
  return null;
}

/**
 * Each query head attends to the key/value head of its group: head i to i // (h / hkv). Full and
 * causal are one sum: a query's causal attention is what its full one has come to at the query
 * itself. Scores are within √D of 0, so that no weight is too large or too small to be added.
 */
export function attend(q: Heads, k: Heads, v: Heads): Attended {
  return finish(attendInSteps(q, k, v));
}

/** The same in steps. */
export function* attendInSteps(q: Heads, k: Heads, v: Heads): Steps<Attended> {
  const result = {
    full: new Float64Array(q.values.length),
    causal: new Float64Array(q.values.length),
  };
  const sum = new Float64Array(q.headDim);
  let work = 0;
  for (let b = 0; b < q.batch; b++) {
    for (let h = 0; h < q.heads; h++) {
      for (let s = 0; s < q.seq; s++) {
        attendOnce(q, k, v, b, s, h, sum, result);
        work += q.seq * q.headDim;
        if (work < WORK_PER_STEP) continue;
        work = 0;
        yield;
      }
    }
  }
  return result;
}

/** Multiplications of a few milliseconds. */
const WORK_PER_STEP = 2 ** 17;

// From here on loops read arrays of one kind and ask nothing: they run hundreds of thousands of times.

/**
 * One query, [D], to all keys of its group. Many calls of a short function, not one of a long one:
 * browsers compile what is called often, while of a loop in a loop they compile the inner one, and
 * throw it away at its end.
 */
function attendOnce(
  q: Heads,
  k: Heads,
  v: Heads,
  b: number,
  s: number,
  h: number,
  sum: Float64Array,
  { full, causal }: Attended,
): void {
  const { seq, heads, headDim } = q;
  const scale = 1 / Math.sqrt(headDim);
  const kv = Math.floor(h / (heads / Math.max(1, k.heads)));
  const query = ((b * seq + s) * heads + h) * headDim;
  let total = 0;
  sum.fill(0);
  for (let t = 0; t < seq; t++) {
    const key = ((b * seq + t) * k.heads + kv) * headDim;
    const value = ((b * seq + t) * v.heads + kv) * headDim;
    const weight = Math.exp(dot(q.values, query, k.values, key, headDim) * scale);
    total += weight;
    addScaled(sum, v.values, value, weight);
    if (t === s) putShare(causal, query, sum, total);
  }
  putShare(full, query, sum, total);
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let total = 0;
  for (let d = 0; d < length; d++) total += (a[i + d] ?? 0) * (b[j + d] ?? 0);
  return total;
}

function addScaled(sum: Float64Array, from: Float64Array, i: number, factor: number): void {
  for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + factor * (from[i + d] ?? 0);
}

function putShare(into: Float64Array, i: number, sum: Float64Array, total: number): void {
  for (let d = 0; d < sum.length; d++) into[i + d] = (sum[d] ?? 0) / total;
}

/**
 * A rank's tensor as numbers, by the shape that it has: [B, S, h, D], [S, B, h, D], or packed
 * [B·S, h, D]. Null where it has no such shape.
 */
export function headsFrom(
  tensor: 'q' | 'k' | 'v',
  shape: readonly number[],
  ids: Int32Array,
  batchDimIdx: 0 | 1,
  batch: number,
): Heads | null {
  if (shape.length === 3) {
    const [tokens, heads, headDim] = [at(shape, 0), at(shape, 1), at(shape, 2)];
    if (tokens % batch !== 0) return null;
    const values = numbersFor(tensor, ids);
    return { batch, seq: tokens / batch, heads, headDim, values };
  }
  if (shape.length !== 4) return null;
  const [d0, d1, heads, headDim] = [at(shape, 0), at(shape, 1), at(shape, 2), at(shape, 3)];
  if (batchDimIdx === 0) {
    const values = numbersFor(tensor, ids);
    return { batch: d0, seq: d1, heads, headDim, values };
  }
  const values = new Float64Array(ids.length);
  const row = heads * headDim;
  for (let s = 0; s < d0; s++) {
    for (let b = 0; b < d1; b++) {
      for (let e = 0; e < row; e++) {
        values[(b * d0 + s) * row + e] = numberFor(tensor, at(ids, (s * d1 + b) * row + e));
      }
    }
  }
  return { batch: d1, seq: d0, heads, headDim, values };
}
