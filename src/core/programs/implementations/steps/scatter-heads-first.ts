import { floorDiv } from '../../../../base/numbers.ts';
import type { Program, RankContext } from '../../../published/implementation.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { four } from './even-heads.ts';
import { exchange } from './exchange.ts';

/**
 * Pass 1 of yunchang and of diffusers' unified attention, batch first (h = H//P, unchecked). With P = 1
 * the collective is skipped.
 *
 *   [B,s,H,D] → [B,s,P,h,D] → swap(0,2) → [P,s,B,h,D] ⇢ [P·s,B,h,D] → swap(0,1)
 */
export function* scatterHeadsFirst(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [B, s, H, D] = four(input);
  const h = floorDiv(H, P);
  const pieces = input.reshape([B, s, P, h, D]).transpose(0, 2).contiguous();
  const received = P === 1 ? pieces : yield* exchange(rank, pieces);
  return received
    .reshape([P * s, B, h, D])
    .transpose(0, 1)
    .contiguous()
    .reshape([B, P * s, h, D]);
}
