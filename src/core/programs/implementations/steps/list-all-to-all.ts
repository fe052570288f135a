import { at } from '../../../../base/assert.ts';
import { range } from '../../../../base/numbers.ts';
import type { Program, RankContext } from '../../../published/implementation.ts';
import { Tensor } from '../../../tensor/tensor.ts';

/**
 * The list form (DeepSpeed #4198, verl): works on any layout and batch, since it only ever cuts and
 * joins along the two dimensions that it is told. Breaks on uneven heads, as every receive buffer
 * has the shape of the rank's *own first* piece.
 *
 *   [B, s, H, D] → P pieces [B, s, h, D] ⇢ P pieces [B, s, h, D] → [B, P·s, h, D]   and back
 */
export function* listAllToAll(rank: RankContext, input: Tensor): Program {
  const inputs = input
    .tensorSplit(rank.worldSize, rank.scatterIdx)
    .map((piece) => piece.contiguous());
  const first = at(inputs, 0);
  const outputs = range(rank.worldSize).map(() => Tensor.empty(rank.listener, first.shape));
  yield { kind: 'all_to_all', inputs, outputs };
  return Tensor.cat(outputs, rank.gatherIdx);
}
