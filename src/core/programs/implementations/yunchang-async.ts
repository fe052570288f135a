import { at } from '../../../base/assert.ts';
import { floorDiv, range } from '../../../base/numbers.ts';
import type {
  Guard,
  Implementation,
  Program,
  RankContext,
} from '../../published/implementation.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { four } from './steps/even-heads.ts';
import { exchange } from './steps/exchange.ts';

const AS_MANY_KV_HEADS: Guard = {
  id: 'as-many-kv-heads',
  condition: 'un_kv == un',
  about: 'Queries, keys and values of a head travel together, so there must be as many of each.',
  names: [
    { name: 'un', meaning: 'The query heads of each rank between the passes.' },
    { name: 'un_kv', meaning: 'The KV heads of each rank between the passes.' },
  ],
};

/**
 * long-context-attention, yunchang's asynchronous form, batch first: P heads at a time, so that
 * attention on the first can begin while the next are on their way (n = H/P). Rank r owns the
 * strided heads r, r+P, r+2P … There q, k and v are joined on the batch and travel as one; here each
 * is a call of its own, and keys are held to the queries' number when they come.
 *
 *   pass 1  [B,s,H,D] → [H,s,B,D] → [n,P,s,B,D], then head by head
 *           [P,s,B,D] ⇢ [S,B,1,D] → [B,S,1,D], joined on the heads
 *   pass 2, head by head
 *           [B,S,1,D] → [P,s,B,D] ⇢ [P,s,B,D] → [B,s,P,D], joined on the heads
 *
 * @throws PythonError AssertionError unless there are as many KV heads; RuntimeError unless P divides H
 */
function reshard(rank: RankContext, input: Tensor): Program {
  return rank.pass === 1 ? scatterHeads(rank, input) : gatherHeads(rank, input);
}

function* scatterHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [B, s, H, D] = four(input);
  const n = floorDiv(H, P);
  if (rank.role === 'key-value') {
    const un = floorDiv(rank.queryHeads, P);
    rank.guard(AS_MANY_KV_HEADS, H, `un_kv ${n} un ${un}`, { un, un_kv: n });
  }
  const groups = input.transpose(0, 2).contiguous().reshape([n, P, s, B, D]);
  const heads: Tensor[] = [];
  for (const group of range(n)) {
    const received = yield* exchange(rank, groups.narrow(0, group, 1).view([P, s, B, D]));
    heads.push(
      received
        .reshape([P * s, B, 1, D])
        .transpose(0, 1)
        .contiguous(),
    );
  }
  return joined(heads);
}

function* gatherHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [, S, n, D] = four(input);
  const s = floorDiv(S, P);
  const groups: Tensor[] = [];
  for (const head of range(n)) {
    const one = input.narrow(2, head, 1);
    const [B] = four(one);
    const pieces = one
      .reshape([B, P, s, 1, D])
      .transpose(0, 3)
      .transpose(0, 1)
      .contiguous()
      .view([P, s, B, D]);
    const received = yield* exchange(rank, pieces);
    groups.push(received.transpose(0, 2).contiguous());
  }
  return joined(groups);
}

function joined(parts: readonly Tensor[]): Tensor {
  return parts.length === 1 ? at(parts, 0) : Tensor.cat(parts, 2);
}

export const implementation: Implementation = {
  id: 'yunchang-async',
  title: 'yunchang, asynchronous',
  about: 'P heads at a time; rank r owns heads r, r+P, … instead of neighbours.',
  source: 'long-context-attention yunchang/hybrid/async_attn_layer.py',
  publication: {
    project: 'yunchang',
    status: 'released',
    releases: { first: '0.2', last: '0.6.4' },
    pullRequest: 44,
    file: 'yunchang/hybrid/async_attn_layer.py',
    commit: '13f5af81d799bf01f2fb05247d9f10d174347b25',
    variant: 'asynchronous',
  },
  layouts: [0],
  order: 'contiguous',
  condition: null,
  guards: [AS_MANY_KV_HEADS],
  remembersHeads: false,
  strided: true,
  exchanges: floorDiv,
  reshard,
};
