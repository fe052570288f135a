import type { Implementation, Program, RankContext } from '../../published/implementation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { implementation as deepspeed8317 } from './deepspeed-8317.ts';
import { evenHeads, four } from './steps/even-heads.ts';
import { unevenHeads } from './steps/uneven-heads.ts';
import { MORE_HEADS_THAN_RANKS } from './steps/uneven-layer.ts';

/**
 * DeepSpeed #8316, repairing issue #8291, as its thread tells it: the merged code could not be read.
 * Each layer brings its own head count, read off its keys before its queries go, and asks nothing of
 * the process: one model leaves nothing behind for the next, and a count that P divides takes the even
 * path. The steps of both paths are those of #8317 (h = this rank's heads).
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 *
 * @throws PythonError AssertionError unless the count is above P, where P does not divide it
 */
function* layerWithItsCount(rank: RankContext, input: Tensor): Program {
  const numHeads = four(input)[2];
  if (!rank.choosesUneven(numHeads)) {
    return yield* evenHeads(rank, input, rank.release.backShape);
  }
  const count = rank.numKvHeads ?? numHeads;
  rank.guard(
    MORE_HEADS_THAN_RANKS,
    count,
    `Number of heads (${count}) must be larger than sequence parallel size (${rank.worldSize})`,
  );
  return yield* unevenHeads(rank, input);
}

export const implementation: Implementation = {
  ...deepspeed8317,
  id: 'deepspeed-8316',
  title: 'DeepSpeed, count in the layer',
  about: 'Each layer brings its own count, read off its keys: nothing is left to the next model.',
  source: 'DeepSpeed #8316, repairing issue #8291; by its thread, the merged code was not read',
  publication: {
    project: 'deepspeed',
    status: 'merged',
    releases: null,
    pullRequest: 8316,
    thread: 8291,
    file: 'deepspeed/sequence/layer.py',
    commit: null,
    repairs: ['deepspeed-6392', 'deepspeed-6797', 'deepspeed-6750', 'deepspeed-8317'],
  },
  condition: 'get_num_kv_heads() % seq_world_size != 0',
  countsByLayer: true,
  steps: layerWithItsCount,
  reshard: (rank, input) => layerWithItsCount(rank, input),
};
