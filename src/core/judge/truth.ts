import { at } from '../../base/assert.ts';
import { memoizedByIndex } from '../../base/memo.ts';
import { product, repeated } from '../../base/numbers.ts';
import type { Call } from '../contract/case.ts';
import { tokensBetween } from '../contract/contract.ts';
import { headShardsOf, repeatedChunkOf, type Shard } from '../contract/shard.ts';
import { alikeIn, endingOf, type Recording, type TensorRef } from '../recording/event.ts';
import { elementsOf } from '../recording/recorded-tensor.ts';

/** What a call returned on every rank; null on ranks that returned nothing. */
export const returnedBy = memoizedByIndex(
  (recording: Recording, call: number): readonly (TensorRef | null)[] => {
    const returned = repeated<TensorRef | null>(null, recording.ranks.length);
    for (const { ranks, calls } of alikeIn(recording)) {
      const own = calls[call];
      const ending = own === undefined ? null : endingOf(own);
      if (ending?.kind !== 'returned') continue;
      for (const rank of ranks) returned[rank] = ending.output;
    }
    return returned;
  },
);

/** The elements of what a call returned on every rank. */
export const returnedElements = memoizedByIndex(
  (recording: Recording, call: number): readonly (Int32Array | null)[] =>
    returnedBy(recording, call).map((returned, rank) =>
      returned === null ? null : elementsOf(at(recording.ranks, rank), returned),
    ),
);

/** How many ranks a call returned to. */
export function returnedCount(recording: Recording, call: number): number {
  return returnedBy(recording, call).filter((returned) => returned !== null).length;
}

/** How many heads each rank holds after a pass-1 call, by the elements it returned; null: not whole. */
export function headCounts(recording: Recording, call: number): readonly (number | null)[] {
  const { contract } = recording;
  const perHead = contract.batch * tokensBetween(contract) * contract.headDim;
  return returnedBy(recording, call).map((returned) => {
    if (returned === null) return null;
    const heads = product(returned.shape) / perHead;
    return Number.isInteger(heads) ? heads : null;
  });
}

/**
 * What pass 1 should give every rank: all tokens in order, of the heads that it should own; as many
 * heads as it returned elements for. Null where a rank returned nothing, or no whole number of heads.
 */
export const passOneTruth = memoizedByIndex(
  (recording: Recording, callIndex: number): readonly (Shard | null)[] => {
    const { contract } = recording;
    return headShardsOf(contract, at(contract.calls, callIndex), headCounts(recording, callIndex));
  },
);

/** What pass 2 should give every rank: its own sequence chunk, of all heads that were exchanged. */
export const passTwoTruth = memoizedByIndex(
  (recording: Recording, callIndex: number): readonly Shard[] => {
    const { contract } = recording;
    const call = at(contract.calls, callIndex);
    return recording.ranks.map((_, rank) => repeatedChunkOf(contract, call, rank));
  },
);

/** The truth of a call, whichever pass it is. */
export function truthOf(recording: Recording, callIndex: number): readonly (Shard | null)[] {
  return at(recording.contract.calls, callIndex).pass === 1
    ? passOneTruth(recording, callIndex)
    : passTwoTruth(recording, callIndex);
}

/** The pass-1 call whose result a pass-2 call takes back, or null. */
export function passOneCallOf(calls: readonly Call[], callIndex: number): number | null {
  const { tensor } = at(calls, callIndex);
  for (let index = callIndex - 1; index >= 0; index--) {
    const call = at(calls, index);
    if (call.pass === 1 && call.tensor === tensor) return index;
  }
  return null;
}
