import { assert, at } from '../../../../base/assert.ts';
import { floorDiv, range, repeated } from '../../../../base/numbers.ts';
import type { Program, RankContext, Release } from '../../../published/implementation.ts';
import { pyFloorDiv } from '../../../python/python-error.ts';
import { Tensor } from '../../../tensor/tensor.ts';
import { four } from './even-heads.ts';

/** #6392 to #6797: from 64 on in blocks of 64. */
export const inBlocksOf64: Release['fallbackSizes'] = (total, P) => {
  if (total < 64) return oneByOne(total, P);
  return oneByOne(floorDiv(total, 64), P).map((blocks) => 64 * blocks);
};

/** Since #6750: the first `total % P` ranks get one more. */
export const oneByOne: Release['fallbackSizes'] = (total, P) =>
  range(P).map((index) => floorDiv(total, P) + (index < total % P ? 1 : 0));

/**
 * The uneven path (DeepSpeed #6392): rank i gets heads by the process-wide head count G, the first
 * G % P ranks one more. The caller has set G.
 *
 * @throws PythonError ZeroDivisionError on a rank without heads, RuntimeError where sizes do not fit
 */
export function unevenHeads(rank: RankContext, input: Tensor): Program {
  return rank.pass === 1 ? scatterHeads(rank, input) : gatherHeads(rank, input);
}

function shardSizes(rank: RankContext, total: number): readonly number[] {
  const { worldSize: P, numKvHeads: G } = rank;
  if (G === null || G === 0 || total % G !== 0) {
    return rank.release.fallbackSizes(total, P);
  }
  return range(P).map((i) => floorDiv(total * (floorDiv(G, P) + (i < G % P ? 1 : 0)), G));
}

/**
 * Pass 1, h = this rank's heads:
 *   [d0, d1, H, D] → swap(0, 2) → [H, d1, d0, D] ⇢ [P·h, d1, d0, D] → [P, h, d1, d0, D]
 *   batch first → permute(3,0,2,1,4) → [B, P·s, h, D];  sequence first → swap(1, 3) → [P·s, B, h, D]
 */
function* scatterHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [d0, d1, H, D] = four(input);
  const inputSplits = shardSizes(rank, H);
  const h = rank.own(inputSplits);
  const rows = input.transpose(0, 2).contiguous();
  const received = Tensor.empty(rank.listener, [P * h, d1, d0, D]);
  yield {
    kind: 'all_to_all_single',
    input: rows,
    output: received,
    inputSplits,
    outputSplits: repeated(h, P),
  };
  const byRank = received.view([P, h, d1, d0, D]);
  const sequence = P * at(input.shape, rank.gatherIdx);
  return rank.batchDimIdx === 0
    ? byRank.permute([3, 0, 2, 1, 4]).contiguous().view([d0, sequence, h, D])
    : byRank.transpose(1, 3).contiguous().view([sequence, d1, h, D]);
}

/**
 * Pass 2, hd = this rank's heads times head dim:
 *   [d0, d1, h, D] → [d0, d1, hd] → [S, hd, B] → rows [S·hd, B] ⇢ rows, rank by rank
 *   → a block of the ranks with one head more and a block of the rest, each
 *     [ranks, s, heads each, headdim, B] → [B, s, ranks·heads, headdim] → joined on the heads
 */
function* gatherHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P, numKvHeads: G } = rank;
  assert(G !== null, 'the uneven path is entered with the head count set');
  const batchFirst = rank.batchDimIdx === 0;
  const [d0, d1, heads] = four(input);
  const flat = input.reshape([d0, d1, -1]);
  const turned = (batchFirst ? flat.permute([1, 2, 0]) : flat.transpose(1, 2)).contiguous();
  const [S, hd, B] = [at(turned.shape, 0), at(turned.shape, 1), at(turned.shape, 2)];

  const sizes = shardSizes(rank, G);
  const h = rank.own(sizes);
  const headDim = pyFloorDiv(hd, h);
  const rowCount = S * hd;
  const perPeer = floorDiv(rowCount, P);
  const perHead = pyFloorDiv(perPeer, h);
  const rows = turned.view([rowCount, B]);
  // In floating point, as there: a product that should be whole can fall just short of it.
  const share = G / h;
  const received = Tensor.empty(rank.listener, [Math.trunc(share * perPeer), B]);
  const totalHeads = Math.trunc(heads * share);
  yield {
    kind: 'all_to_all_single',
    input: rows,
    output: received,
    inputSplits: repeated(perPeer, P),
    outputSplits: sizes.map((size) => size * perHead),
  };

  const s = floorDiv(S, P);
  const largeRanks = G % P;
  const smallHeads = floorDiv(G, P);
  const largeRows = largeRanks * s * (smallHeads + 1) * headDim;
  const [large, small] = received.split([largeRows, at(received.shape, 0) - largeRows], 0);
  assert(large !== undefined && small !== undefined, 'two blocks');
  const ordered = (block: Tensor, ranks: number, headsEach: number): Tensor => {
    const order = batchFirst ? [4, 1, 0, 2, 3] : [1, 4, 0, 2, 3];
    const apart = block.view([ranks, s, headsEach, headDim, B]).permute(order).contiguous();
    const [outer, inner] = [at(apart.shape, 0), at(apart.shape, 1)];
    return apart.view([outer, inner, ranks * headsEach, headDim]);
  };
  const joined = Tensor.cat(
    [ordered(large, largeRanks, smallHeads + 1), ordered(small, P - largeRanks, smallHeads)],
    2,
  );
  const shape = input.shape.map((size, dim) =>
    dim === rank.scatterIdx ? floorDiv(size, P) : dim === 2 ? totalHeads : size,
  );
  return joined.contiguous().view(shape);
}
