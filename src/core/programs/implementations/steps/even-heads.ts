import { at } from '../../../../base/assert.ts';
import { floorDiv } from '../../../../base/numbers.ts';
import type { Guard, Program, RankContext, Release } from '../../../published/implementation.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { exchange } from './exchange.ts';

/** The shape of a sequence-first pass 2: [S, B, h, D] comes back as [S//P, B, P·h, D]. */
export const sequenceFirstShape: Release['backShape'] = ([S, B, h, D], P) => [
  floorDiv(S, P),
  B,
  P * h,
  D,
];

export const HEADS_DIVISIBLE: Guard = {
  id: 'heads-divisible',
  condition: 'num_total_head % seq_world_size == 0',
  about: 'Pass 1 of the even path gives every rank as many heads as the others.',
  names: [
    { name: 'num_total_head', meaning: 'The heads of the tensor before pass 1: all of them.' },
  ],
};

/**
 * The even path, which knows where the batch stands (DeepSpeed #5823; h = H/P, s = S/P).
 *
 *   batch first     [B,s,H,D] → [B,s,P,h,D] → permute(2,0,1,3,4) ⇢ permute(1,0,2,3,4) → [B,P·s,h,D]
 *                   [B,S,h,D] → [B,P,s,h,D] → permute(1,0,2,3,4) ⇢ permute(1,2,0,3,4) → [B,s,P·h,D]
 *   sequence first  [s,B,H,D] → [s,B,P,h,D] → permute(2,0,1,3,4) ⇢ [s·P,B,h,D]
 *                   [S,B,h,D] → [P,s,B,h,D]                      ⇢ permute(1,2,0,3,4) → [s,B,P·h,D]
 *
 * @throws PythonError AssertionError unless P divides the heads of pass 1
 */
export function* evenHeads(
  rank: RankContext,
  input: Tensor,
  backShape = sequenceFirstShape,
): Program {
  const { worldSize: P } = rank;
  const batchFirst = rank.batchDimIdx === 0;
  if (rank.pass === 1) {
    const [outer, inner, H, D] = four(input);
    rank.guard(
      HEADS_DIVISIBLE,
      H,
      `Number of heads (${H}) must be divisible by the sequence parallel size (${P})!`,
      { num_total_head: H },
    );
    const h = floorDiv(H, P);
    const pieces = input.reshape([outer, inner, P, h, D]).permute([2, 0, 1, 3, 4]).contiguous();
    const received = yield* exchange(rank, pieces);
    return batchFirst
      ? received.permute([1, 0, 2, 3, 4]).reshape([outer, P * inner, h, D])
      : received.reshape([outer * P, inner, h, D]);
  }
  if (batchFirst) {
    const [B, S, h, D] = four(input);
    const s = floorDiv(S, P);
    const pieces = input.reshape([B, P, s, h, D]).permute([1, 0, 2, 3, 4]).contiguous();
    const received = yield* exchange(rank, pieces);
    return received.permute([1, 2, 0, 3, 4]).reshape([B, s, P * h, D]);
  }
  const [S, B, h, D] = four(input);
  const pieces = input.reshape([P, floorDiv(S, P), B, h, D]).contiguous();
  const received = yield* exchange(rank, pieces);
  return received.permute([1, 2, 0, 3, 4]).reshape(backShape([S, B, h, D], P));
}

/** The four sizes of a [·, ·, heads, head dim] tensor. */
export function four(tensor: Tensor): readonly [number, number, number, number] {
  const { shape } = tensor;
  return [at(shape, 0), at(shape, 1), at(shape, 2), at(shape, 3)];
}
