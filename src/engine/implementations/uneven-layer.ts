import type { Program, RankContext } from '../implementation.ts';
import type { Tensor } from '../tensor.ts';
import { evenHeads, four, type PassTwoShape } from './even-heads.ts';
import { type FallbackSizes, unevenHeads } from './uneven-heads.ts';

/** In what the DeepSpeed releases since #6392 differ. */
export interface UnevenLayer {
  /** Decides for the uneven path, in the Python of the source. */
  readonly condition: string;
  readonly fallbackSizes: FallbackSizes;
  /** The last reshape of a sequence-first, even pass 2, where it is not the right one. */
  readonly backShape?: PassTwoShape;
}

/**
 * DeepSpeed since #6392: a condition chooses between the even and the uneven path; the first time
 * that the uneven one is entered, the head count is remembered for the whole process.
 *
 * @throws PythonError AssertionError unless there are more heads than ranks on that first entry
 */
export function* unevenLayer(rank: RankContext, input: Tensor, layer: UnevenLayer): Program {
  const numHeads = four(input)[2];
  if (!rank.choosesUneven(layer.condition, numHeads)) {
    return yield* evenHeads(rank, input, layer.backShape);
  }
  if (rank.numKvHeads === null) {
    rank.guard(
      'num_heads > seq_world_size',
      numHeads,
      `Number of heads (${numHeads}) must be larger than sequence parallel size (${rank.worldSize})`,
    );
    rank.rememberNumKvHeads(numHeads);
  }
  return yield* unevenHeads(rank, input, layer.fallbackSizes);
}
