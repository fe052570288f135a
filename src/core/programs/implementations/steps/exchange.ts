import type { Program, RankContext } from '../../../published/implementation.ts';
import { Tensor } from '../../../tensor/tensor.ts';

/** An all-to-all of P equal pieces of dim 0, into a buffer of the input's shape. */
export function* exchange(rank: RankContext, input: Tensor): Program {
  const output = Tensor.empty(rank.listener, input.shape);
  yield { kind: 'all_to_all_single', input, output, inputSplits: null, outputSplits: null };
  return output;
}
