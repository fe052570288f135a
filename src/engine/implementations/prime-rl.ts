import { at } from '../../base/assert.ts';
import { floorDiv } from '../../base/numbers.ts';
import type { Implementation, Program, RankContext } from '../implementation.ts';
import type { Tensor } from '../tensor.ts';
import { exchange } from './steps/exchange.ts';

/**
 * prime-rl's packed Ulysses attention, [tokens, H, D]: documents behind one another, no batch
 * dimension (h = H/P, t = tokens of a rank, T = all of them). The simplest of all, and the one to
 * teach with.
 *
 *   pass 1  [t,H,D] → [t,P,h,D] → [P,t,h,D] ⇢ [T,h,D]
 *   pass 2  [T,h,D] → [P,t,h,D] ⇢ [t,P,h,D] → [t,H,D]
 */
function* reshard(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [tokens, heads, D] = [at(input.shape, 0), at(input.shape, 1), at(input.shape, 2)];
  if (rank.pass === 1) {
    const h = floorDiv(heads, P);
    const pieces = input.reshape([tokens, P, h, D]).transpose(0, 1).contiguous();
    const received = yield* exchange(rank, pieces);
    return received.reshape([P * tokens, h, D]);
  }
  const t = floorDiv(tokens, P);
  const received = yield* exchange(rank, input.reshape([P, t, heads, D]).contiguous());
  return received
    .transpose(0, 1)
    .contiguous()
    .reshape([t, P * heads, D]);
}

export const implementation: Implementation = {
  id: 'prime-rl',
  title: 'prime-rl, packed',
  about: 'Three dimensions: documents packed one behind another, no batch.',
  source: 'prime-rl, packed Ulysses attention; no real runs here yet',
  layouts: [0, 1],
  sharding: 'pieces',
  condition: null,
  remembersHeads: false,
  packed: true,
  reshard,
};
