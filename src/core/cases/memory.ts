import { product, range, sum, withCommas } from '../../base/numbers.ts';
import { type Call, type Case, kvTimes } from '../contract/case.ts';
import { paddedLength } from '../contract/sequence.ts';
import { findImplementation } from '../programs/implementations/index.ts';
import { repeatsKv } from '../published/caller.ts';

/** Bytes that all ranks of a run may hold together. */
export const MAX_BYTES = 256 * 1024 * 1024;

/** Copies of a tensor that one call leaves in a recording, at most: input, steps, pieces, output. */
const COPIES_PER_CALL = 9;

/** What each rank writes down of an exchange beside elements: its events, and the tensors they speak of. */
const BYTES_PER_EXCHANGE = 8 * 1024;

/** What it writes down of each peer: how much it sends and expects. */
const BYTES_PER_PEER = 4 * Float64Array.BYTES_PER_ELEMENT;

/** More of each peer where a list has a tensor for it: two events, two storages, seven mentions. */
const BYTES_PER_PIECE = 1536;

/** Bytes that all ranks hold together once the case has run, at most; said before it runs. */
export function estimateBytes(c: Case): number {
  const elements = sum(
    c.calls.map((call) => product([c.batch, paddedLength(c), mostHeads(c, call), c.headDim])),
  );
  return elements * Int32Array.BYTES_PER_ELEMENT * COPIES_PER_CALL + bytesOfExchanges(c);
}

/** The part of it that no smaller tensor makes smaller: it grows with the pairs of ranks. */
export function bytesOfExchanges(c: Case): number {
  const { lists = false, exchanges = () => 1 } = findImplementation(c.implementation) ?? {};
  const perPeer = BYTES_PER_PEER + (lists ? BYTES_PER_PIECE : 0);
  const count = sum(c.calls.map((call) => Math.max(1, exchanges(mostHeads(c, call), c.sp))));
  return count * c.sp * (BYTES_PER_EXCHANGE + c.sp * perPeer);
}

/** The most ranks with which the same case is small enough; 0 where it never is. */
export function mostRanks(c: Case): number {
  return range(c.sp).findLast((sp) => sp > 0 && estimateBytes({ ...c, sp }) <= MAX_BYTES) ?? 0;
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
