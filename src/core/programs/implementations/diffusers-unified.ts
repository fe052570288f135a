import { floorDiv } from '../../../base/numbers.ts';
import type { Implementation, Program, RankContext } from '../../published/implementation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { four } from './steps/even-heads.ts';
import { exchange } from './steps/exchange.ts';
import { scatterHeadsFirst } from './steps/scatter-heads-first.ts';

/**
 * diffusers `attention_dispatch.py`, unified attention, batch first: yunchang's pass 1 and a pass 2 of
 * its own. With P = 1 the collective is skipped (h = H//P, s = S/P).
 *
 *   pass 1  `scatterHeadsFirst`
 *   pass 2  [B,S,h,D] → [B,P,s,h,D] → permute(1,3,2,0,4) ⇢ [P·h,s,B,D] → swap(0,2)
 */
function* gatherHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [B, S, h, D] = four(input);
  const s = floorDiv(S, P);
  const pieces = input.reshape([B, P, s, h, D]).permute([1, 3, 2, 0, 4]).contiguous();
  const received = P === 1 ? pieces : yield* exchange(rank, pieces);
  return received
    .reshape([P * h, s, B, D])
    .transpose(0, 2)
    .contiguous();
}

export const implementation: Implementation = {
  id: 'diffusers-unified',
  title: 'diffusers, unified',
  about: 'Unified attention of diffusers: yunchang’s pass 1 with a pass 2 of its own.',
  source: 'diffusers attention_dispatch.py',
  publication: {
    project: 'diffusers',
    status: 'released',
    releases: { first: '0.37.0', last: '0.40.0' },
    pullRequest: 12693,
    file: 'src/diffusers/models/attention_dispatch.py',
    commit: 'd791c5c024014784df4a8dac2601e19fb4d300fc',
  },
  layouts: [0],
  order: 'contiguous',
  // `EquipartitionSharder`, which deals the sequence of every model with a context-parallel plan.
  refusal: {
    error: 'AssertionError',
    message: () => 'Tensor size along dimension to be sharded must be divisible by mesh size',
  },
  condition: null,
  remembersHeads: false,
  reshard: (rank, input) =>
    rank.pass === 1 ? scatterHeadsFirst(rank, input) : gatherHeads(rank, input),
};
