import { at } from '../../../base/assert.ts';
import { floorDiv } from '../../../base/numbers.ts';
import type {
  Guard,
  Implementation,
  Program,
  RankContext,
} from '../../published/implementation.ts';
import type { ConditionName } from '../../python/condition/names.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { exchange } from './steps/exchange.ts';

const CP_SIZE: ConditionName = {
  name: 'cp_size',
  meaning: 'P, the number of ranks: the same as seq_world_size.',
};

const HEADS_DIVISIBLE: Guard = {
  id: 'packed-heads-divisible',
  condition: 'h % cp_size == 0',
  about: 'Pass 1 gives every rank as many heads as the others.',
  names: [
    { name: 'h', meaning: 'The heads of the tensor before pass 1, repeated ones included.' },
    CP_SIZE,
  ],
};

const KV_DIVIDES: Guard = {
  id: 'kv-divides-ranks',
  condition: 'cp_size % h == 0',
  about: 'Where there are fewer KV heads than ranks, every one is repeated as often as the others.',
  names: [{ name: 'h', meaning: 'The KV heads before they are repeated.' }, CP_SIZE],
};

/**
 * prime-rl's packed Ulysses attention, [tokens, H, D]: documents behind one another, no batch
 * dimension (h = H/P, t = tokens of a rank, T = all of them). The simplest of all, and the one to
 * teach with. Keys and values are repeated, each head next to itself, where there are fewer of them
 * than ranks.
 *
 *   pass 1  [t,H,D] → [t,P,h,D] → [P,t,h,D] ⇢ [T,h,D]
 *   pass 2  [T,h,D] → [P,t,h,D] ⇢ [t,P,h,D] → [t,H,D]
 *
 * @throws PythonError AssertionError unless P divides the heads of pass 1, and fewer KV heads divide P
 */
function* reshard(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  if (rank.pass === 1) {
    const whole = withKvRepeated(rank, input);
    const [tokens, heads, D] = three(whole);
    rank.guard(
      HEADS_DIVISIBLE,
      heads,
      `num_heads (${heads}) must be divisible by cp_size (${P}); for GQA KV tensors with fewer heads than cp_size, replicate first via _replicate_kv_heads`,
      { h: heads, cp_size: P },
    );
    const h = floorDiv(heads, P);
    const pieces = whole.reshape([tokens, P, h, D]).transpose(0, 1).contiguous();
    const received = yield* exchange(rank, pieces);
    return received.reshape([P * tokens, h, D]);
  }
  const [T, h, D] = three(input);
  const t = floorDiv(T, P);
  const received = yield* exchange(rank, input.reshape([P, t, h, D]).contiguous());
  return received
    .transpose(0, 1)
    .contiguous()
    .reshape([t, P * h, D]);
}

function withKvRepeated(rank: RankContext, input: Tensor): Tensor {
  const { worldSize: P } = rank;
  const [, heads] = three(input);
  if (heads >= P || rank.role !== 'key-value') return input;
  rank.guard(
    KV_DIVIDES,
    heads,
    `num_key_value_heads (${heads}) must divide cp_size (${P}) for the ulysses KV-replication path`,
    { h: heads, cp_size: P },
  );
  return input.repeatInterleave(1, floorDiv(P, heads));
}

/** The sizes of a [tokens, heads, head dim] tensor. */
function three({ shape }: Tensor): readonly [number, number, number] {
  return [at(shape, 0), at(shape, 1), at(shape, 2)];
}

export const implementation: Implementation = {
  id: 'prime-rl',
  title: 'prime-rl, packed',
  about: 'Three dimensions: documents packed one behind another, no batch.',
  source: 'prime-rl src/prime_rl/trainer/models/layers/ulysses_attn.py',
  publication: {
    project: 'prime-rl',
    status: 'released',
    releases: { first: '0.8.0', last: '0.8.0' },
    pullRequest: 3042,
    file: 'src/prime_rl/trainer/models/layers/ulysses_attn.py',
    commit: '60bc29547a8824ad1de7b9af8d265e2b27b2a72d',
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition: null,
  guards: [HEADS_DIVISIBLE, KV_DIVIDES],
  remembersHeads: false,
  packed: true,
  repeatsKv: true,
  reshard,
};
