import { floorDiv } from '../../../base/numbers.ts';
import type { Implementation, Program, RankContext } from '../../published/implementation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { four } from './steps/even-heads.ts';
import { exchange } from './steps/exchange.ts';
import { scatterHeadsFirst } from './steps/scatter-heads-first.ts';

/**
 * long-context-attention `yunchang/comm/all_to_all.py`, batch first (h = H//P, unchecked; s = S/P).
 * With P = 1 the collective is skipped.
 *
 *   pass 1  `scatterHeadsFirst`: [B,s,H,D] ⇢ [B,S,h,D]
 *   pass 2  [B,S,h,D] → [B,P,s,h,D] → swap(0,3), swap(0,1) → [P,h,s,B,D] ⇢ [P·h,s,B,D] → swap(0,2)
 */
function* gatherHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [B, S, h, D] = four(input);
  const s = floorDiv(S, P);
  const apart = input.reshape([B, P, s, h, D]);
  const pieces = apart.transpose(0, 3).transpose(0, 1).contiguous().reshape([P, h, s, B, D]);
  const received = P === 1 ? pieces : yield* exchange(rank, pieces);
  return received
    .reshape([P * h, s, B, D])
    .transpose(0, 2)
    .contiguous()
    .reshape([B, s, P * h, D]);
}

export const implementation: Implementation = {
  id: 'yunchang-4d',
  title: 'yunchang',
  about:
    'long-context-attention: one reshape each way, heads unchecked; skips the collective at P = 1.',
  source: 'long-context-attention yunchang/comm/all_to_all.py',
  // Before 0.4.0 one rank alone sent to itself what it now keeps: the same elements.
  publication: {
    project: 'yunchang',
    status: 'released',
    releases: { first: '0.2', last: '0.6.4' },
    pullRequest: null,
    file: 'yunchang/comm/all_to_all.py',
    commit: '13f5af81d799bf01f2fb05247d9f10d174347b25',
  },
  layouts: [0],
  order: 'contiguous',
  condition: null,
  remembersHeads: false,
  reshard: (rank, input) =>
    rank.pass === 1 ? scatterHeadsFirst(rank, input) : gatherHeads(rank, input),
};
