import { at } from '../../base/assert.ts';
import { floorDiv, range } from '../../base/numbers.ts';
import type { Implementation, Program, RankContext } from '../implementation.ts';
import { Tensor } from '../tensor.ts';
import { four } from './steps/even-heads.ts';
import { exchange } from './steps/exchange.ts';

/**
 * long-context-attention, yunchang's asynchronous form, batch first: P heads at a time, so that
 * attention on the first can begin while the next are on their way. Rank r owns the strided heads r,
 * r+P, r+2P …
 *
 *   pass 1, group by group  [B,s,P,D] → [P,s,B,D] ⇢ [S,B,1,D] → [B,S,1,D], joined on the heads
 *   pass 2, head by head    [B,S,1,D] → [P,s,B,D] ⇢ [P,s,B,D] → [B,s,P,D], joined on the heads
 */
function* reshard(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [B, length, heads, D] = four(input);
  const groups: Tensor[] = [];
  if (rank.pass === 1) {
    for (const group of range(floorDiv(heads, P))) {
      const some = input
        .narrow(2, group * P, P)
        .transpose(0, 2)
        .contiguous();
      const received = yield* exchange(rank, some);
      groups.push(
        received
          .reshape([P * length, B, 1, D])
          .transpose(0, 1)
          .contiguous(),
      );
    }
  } else {
    const s = floorDiv(length, P);
    for (const head of range(heads)) {
      const one = input.narrow(2, head, 1).transpose(0, 1).contiguous();
      const received = yield* exchange(rank, one.reshape([P, s, B, D]));
      groups.push(received.permute([2, 1, 0, 3]).contiguous());
    }
  }
  return groups.length === 1 ? at(groups, 0) : Tensor.cat(groups, 2);
}

export const implementation: Implementation = {
  id: 'yunchang-async',
  title: 'yunchang, asynchronous',
  about: 'P heads at a time; rank r owns heads r, r+P, … instead of neighbours.',
  source: 'long-context-attention yunchang, asynchronous form; no real runs here yet',
  layouts: [0],
  sharding: 'pieces',
  condition: null,
  remembersHeads: false,
  strided: true,
  reshard,
};
