import { at } from '../../../../base/assert.ts';
import { floorDiv } from '../../../../base/numbers.ts';
import type { Program, RankContext } from '../../../published/implementation.ts';
import { Tensor } from '../../../tensor/tensor.ts';

/**
 * The single all-to-all before DeepSpeed knew the batch dimension (#4695, #5664): dimensions before
 * the scatter dimension other than the sequence are forgotten, so batch first only fits B = 1.
 *
 *   pass 1  [s, B, H, D] → [s·B, P, h, D] → [P, s·B, h, D] ⇢ [P, s·B, h, D] → [P·s, B, h, D]
 *   pass 2  [S, B, h, D] → [P, s, B, h, D] ⇢ [P, s, B, h, D] → swap → [s, B, P·h, D]
 *
 * `swapBack` is the dimension that pass 2 swaps with dim 0 of what it received: 1 in #4695, 2 in
 * #5664, the whole difference between the two.
 */
export function* singleAllToAll(rank: RankContext, input: Tensor, swapBack: 1 | 2): Program {
  const { worldSize: P, scatterIdx, gatherIdx } = rank;
  const target = input.shape.map((size, dim) => (dim === scatterIdx ? floorDiv(size, P) : size));
  const pieces =
    scatterIdx < 2
      ? input.reshape([P, ...target.slice(scatterIdx)]).contiguous()
      : input
          .reshape([-1, P, ...target.slice(scatterIdx)])
          .transpose(0, 1)
          .contiguous();
  let received = Tensor.empty(rank.listener, pieces.shape);
  yield {
    kind: 'all_to_all_single',
    input: pieces,
    output: received,
    inputSplits: null,
    outputSplits: null,
  };
  if (scatterIdx < 2) received = received.transpose(0, swapBack).contiguous();
  return received.reshape([
    ...target.slice(0, gatherIdx),
    at(target, gatherIdx) * P,
    ...target.slice(gatherIdx + 1),
  ]);
}
