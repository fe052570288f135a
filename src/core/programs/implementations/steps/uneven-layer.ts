import type { Guard, Program, RankContext } from '../../../published/implementation.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { evenHeads, four, HEADS_DIVISIBLE } from './even-heads.ts';
import { unevenHeads } from './uneven-heads.ts';

export const MORE_HEADS_THAN_RANKS: Guard = {
  id: 'more-heads-than-ranks',
  condition: 'num_heads > seq_world_size',
  about: 'The uneven path, when it is first entered, leaves no rank without a head.',
};

const NOT_ASYNCHRONOUS: Guard = {
  id: 'not-asynchronous',
  condition: 'async_op == False',
  about: 'The uneven path waits for its collective.',
  names: [{ name: 'async_op', meaning: 'Whether the caller goes on while the collective runs.' }],
};

/** What is asserted on either path. */
export const UNEVEN_LAYER_GUARDS: readonly Guard[] = [MORE_HEADS_THAN_RANKS, HEADS_DIVISIBLE];

/** What is asserted where calls may be asynchronous. */
export const OVERLAP_GUARDS: readonly Guard[] = [...UNEVEN_LAYER_GUARDS, NOT_ASYNCHRONOUS];

/**
 * DeepSpeed since #6392: a condition chooses between the even and the uneven path; the first time
 * that the uneven one is entered, the head count is remembered for the whole process. `asynchronous`:
 * whether this call is one that goes on while its collective runs; left out where none is.
 *
 * @throws PythonError AssertionError unless there are more heads than ranks on that first entry, and
 *   where the uneven path is asked for asynchronously
 */
export function* unevenLayer(rank: RankContext, input: Tensor, asynchronous?: boolean): Program {
  const numHeads = four(input)[2];
  if (!rank.choosesUneven(numHeads)) {
    return yield* evenHeads(rank, input, rank.release.backShape);
  }
  if (rank.numKvHeads === null) {
    rank.guard(
      MORE_HEADS_THAN_RANKS,
      numHeads,
      `Number of heads (${numHeads}) must be larger than sequence parallel size (${rank.worldSize})`,
    );
    rank.rememberNumKvHeads(numHeads);
  }
  if (asynchronous !== undefined) {
    const own = { async_op: asynchronous };
    rank.guard(NOT_ASYNCHRONOUS, numHeads, 'uneven head sp does not support async op', own);
  }
  return yield* unevenHeads(rank, input);
}
