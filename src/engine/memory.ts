import { product, sum, withCommas } from '../base/numbers.ts';
import { repeatsKv } from './caller.ts';
import { type Call, type Case, kvTimes } from './case.ts';
import { findImplementation } from './implementations/index.ts';
import { paddedLength } from './sequence.ts';

/** Bytes that all ranks of a run may hold together. */
export const MAX_BYTES = 256 * 1024 * 1024;

/** Copies of a tensor that one call leaves in a recording, at most: input, steps, pieces, output. */
const COPIES_PER_CALL = 9;

/** What each rank writes down of each peer, once a call: what it sends and what it expects. */
const BYTES_PER_PAIR = 4 * Float64Array.BYTES_PER_ELEMENT;

/** Bytes that all ranks hold together once the case has run, at most; said before it runs. */
export function estimateBytes(c: Case): number {
  const elements = sum(
    c.calls.map((call) => product([c.batch, paddedLength(c), mostHeads(c, call), c.headDim])),
  );
  return elements * Int32Array.BYTES_PER_ELEMENT * COPIES_PER_CALL + pairBytes(c);
}

/** The part of it that grows with the pairs of ranks. */
export function pairBytes(c: Case): number {
  return c.calls.length * c.sp * c.sp * BYTES_PER_PAIR;
}

/** A call's heads with those that are repeated, or padded where a case has a guard of its own. */
function mostHeads(c: Case, call: Call): number {
  const repeats = repeatsKv(c, findImplementation(c.implementation) ?? {});
  const heads = call.heads * kvTimes(c, call, repeats);
  return c.guards === undefined ? heads : Math.ceil(heads / c.sp) * c.sp;
}

/** Bytes as a whole number of MB, rounded up. */
export function mebibytes(bytes: number): string {
  return withCommas(Math.ceil(bytes / (1024 * 1024)));
}
