import { at } from '../../../../base/assert.ts';
import { floorDiv, range } from '../../../../base/numbers.ts';
import type { BatchDimIdx } from '../../../contract/case.ts';
import type {
  CallerPart,
  Implementation,
  Program,
  RankContext,
} from '../../../published/implementation.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { four } from './even-heads.ts';
import { exchange } from './exchange.ts';

/**
 * TransformerEngine `context_parallel.py`. Causal load balance: rank r holds the half-chunks r and
 * 2P-1-r of 2P. The exchange is the plain one; what is special is that the half-chunks are put in
 * order after pass 1 and dealt out again before pass 2 (h = H/P, s = S/P; the sequence dimension is 1
 * batch first, 0 sequence first).
 *
 *   pass 1  view heads as [P,h], P to the front ⇢ P in front of the sequence, [P,s] as [2P, s/2],
 *           select the half-chunks in order, merge
 *   pass 2  view the sequence as [2P, s/2], to the front, select each rank's two, [P,2,…] ⇢
 *           P in front of h, 2 in front of s/2, merge
 */
function reshard(rank: RankContext, input: Tensor): Program {
  return rank.pass === 1 ? scatterHeads(rank, input) : gatherHeads(rank, input);
}

function* scatterHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [d0, d1, H, D] = four(input);
  const h = floorDiv(H, P);
  const pieces = input.view([d0, d1, P, h, D]).permute([2, 0, 1, 3, 4]).contiguous();
  const received = yield* exchange(rank, pieces);
  if (rank.batchDimIdx === 0) {
    const half = floorDiv(d1, 2);
    const chunks = received
      .permute([1, 0, 2, 3, 4])
      .contiguous()
      .view([d0, 2 * P, half, h, D]);
    return chunks.indexSelect(1, inOrder(P)).view([d0, 2 * P * half, h, D]);
  }
  const half = floorDiv(d0, 2);
  const chunks = received.view([2 * P, half, d1, h, D]);
  return chunks.indexSelect(0, inOrder(P)).view([2 * P * half, d1, h, D]);
}

function* gatherHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const [d0, d1, h, D] = four(input);
  if (rank.batchDimIdx === 0) {
    const half = floorDiv(d1, 2 * P);
    const chunks = input
      .view([d0, 2 * P, half, h, D])
      .permute([1, 0, 2, 3, 4])
      .contiguous();
    const dealt = chunks.indexSelect(0, dealtOut(P)).view([P, 2, d0, half, h, D]);
    const received = yield* exchange(rank, dealt);
    return received
      .permute([2, 1, 3, 0, 4, 5])
      .contiguous()
      .view([d0, 2 * half, P * h, D]);
  }
  const half = floorDiv(d0, 2 * P);
  const chunks = input.view([2 * P, half, d1, h, D]);
  const dealt = chunks.indexSelect(0, dealtOut(P)).view([P, 2, half, d1, h, D]);
  const received = yield* exchange(rank, dealt);
  return received
    .permute([1, 2, 3, 0, 4, 5])
    .contiguous()
    .view([2 * half, d1, P * h, D]);
}

/** Where each of the 2P half-chunks stands among those received: c < P at 2c, P+r at 2P-2r-1. */
function inOrder(P: number): number[] {
  return range(2 * P).map((chunk) => (chunk < P ? 2 * chunk : 2 * P - 2 * (chunk - P) - 1));
}

/** Rank r's two half-chunks, behind one another: r and 2P-r-1. */
function dealtOut(P: number): number[] {
  return range(P).flatMap((rank) => [rank, 2 * P - rank - 1]);
}

/**
 * What `AttnFuncWithCPAndQKVOA2A.forward` asserts before its first exchange, in this order and in
 * these words up to release 2.15; later ones ask for the sequence first, in other words.
 */
const CALLER: CallerPart = {
  source: 'TransformerEngine context_parallel.py, AttnFuncWithCPAndQKVOA2A.forward, up to 2.15',
  about: 'Asserts the head counts, then that every rank holds an even number of tokens.',
  guards: [
    {
      id: 'cp-heads-divisible',
      condition: 'num_heads_q % cp_size == 0 and num_heads_kv % cp_size == 0',
      about: 'The ranks must divide the heads of the queries and those of the keys.',
      names: [
        { name: 'num_heads_q', meaning: 'H, the heads of the queries: q.shape[-2].' },
        { name: 'num_heads_kv', meaning: 'Hkv, the heads of the keys: k.shape[-2].' },
        { name: 'cp_size', meaning: 'P, the number of ranks.' },
      ],
      error: 'AssertionError',
      values: ({ heads, kvHeads, worldSize }) => ({
        num_heads_q: heads,
        num_heads_kv: kvHeads,
        cp_size: worldSize,
      }),
      message: () => 'The number of attention heads needs to be divisible by CP size!',
    },
    {
      id: 'cp-tokens-even',
      condition: 'seq_len_q % 2 == 0 and seq_len_kv % 2 == 0',
      about: 'Every rank must hold two half-chunks of equal length.',
      names: [
        { name: 'seq_len_q', meaning: 'The tokens of the queries on this rank: q.shape[seq_dim].' },
        { name: 'seq_len_kv', meaning: 'The tokens of the keys on this rank: k.shape[seq_dim].' },
      ],
      error: 'AssertionError',
      values: ({ localSequence }) => ({ seq_len_q: localSequence, seq_len_kv: localSequence }),
      message: () => 'Sequence length per GPU needs to be divisible by 2!',
    },
  ],
};

/** The same code in one of its two layouts. */
export function transformerEngine(id: string, title: string, layout: BatchDimIdx): Implementation {
  return {
    id,
    title,
    about: `Half-chunks balanced for causal masks, ${at(['batch first', 'sequence first'], layout)}.`,
    source: 'TransformerEngine context_parallel.py',
    publication: {
      project: 'transformer-engine',
      status: 'released',
      releases: { first: '1.11', last: '2.18' },
      pullRequest: 1160,
      // In 2.3 it moved to attention/dot_product_attention/context_parallel.py.
      file: 'transformer_engine/pytorch/attention.py',
      commit: 'c27ee60ec746210bcea4ec33958dbbff06706506',
      ...(layout === 0 ? {} : { variant: 'sequence first (sbhd)' }),
    },
    layouts: [layout],
    order: 'balanced',
    condition: null,
    caller: CALLER,
    remembersHeads: false,
    reshard,
  };
}
