import { floorDiv, sameNumbers } from '../../../base/numbers.ts';
import type {
  CallerPart,
  Implementation,
  Program,
  RankContext,
} from '../../published/implementation.ts';
import type { ConditionName } from '../../python/condition/names.ts';
import { PythonError } from '../../python/python-error.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { four } from './steps/even-heads.ts';
import { exchange } from './steps/exchange.ts';

const SP_SIZE: ConditionName = { name: 'world_size', meaning: 'P, the number of ranks.' };

/** What `UlyssesSPDataLoaderAdapter` raises of a batch that its ranks do not divide. */
const REFUSAL: NonNullable<Implementation['refusal']> = {
  error: 'ValueError',
  message: ({ sequence, worldSize }) =>
    `batch's seqlen=${sequence} isn't divisible by sp-size=${worldSize}`,
};

/**
 * What stands before `forward`, in this order: the class refuses head counts when the model is built,
 * and then the loader of the same file refuses a batch (`UlyssesSPDataLoaderAdapter.refill`).
 */
const CALLER: CallerPart = {
  source: 'DeepSpeed runtime/sequence_parallel/ulysses_sp.py, UlyssesSPDataLoaderAdapter',
  about:
    'Head counts are refused when the model is built, a sequence by the loader of its batches.',
  guards: [
    {
      id: 'built-heads-divisible',
      condition: 'attn_head_count % world_size == 0',
      about: 'When the model is built, the ranks must divide its heads.',
      names: [{ name: 'attn_head_count', meaning: 'H, the heads of the model.' }, SP_SIZE],
      error: 'ValueError',
      values: ({ heads, worldSize }) => ({ attn_head_count: heads, world_size: worldSize }),
      message: ({ heads, worldSize }) => indivisible(heads, worldSize),
    },
    {
      id: 'built-kv-heads-divisible',
      condition: 'kv_head_count % world_size == 0 or world_size % kv_head_count == 0',
      about:
        'When the model is built, the ranks must divide its KV heads, or the KV heads the ranks.',
      names: [{ name: 'kv_head_count', meaning: 'Hkv, the KV heads of the model.' }, SP_SIZE],
      error: 'ValueError',
      values: ({ kvHeads, worldSize }) => ({ kv_head_count: kvHeads, world_size: worldSize }),
      message: ({ kvHeads, worldSize }) => indivisibleKv(kvHeads, worldSize),
    },
    {
      id: 'batch-sequence-divisible',
      condition: 'seq_length % sp_world_size == 0',
      about: 'Before a batch is cut, the ranks must divide its sequence.',
      names: [
        { name: 'seq_length', meaning: 'S, the tokens of a sequence of the batch.' },
        { name: 'sp_world_size', meaning: 'P, the number of ranks.' },
      ],
      values: ({ sequence, worldSize }) => ({ seq_length: sequence, sp_world_size: worldSize }),
      ...REFUSAL,
    },
  ],
};

/**
 * DeepSpeed `runtime/sequence_parallel/ulysses_sp.py`, Arctic long-sequence training, sequence first.
 * Keys and values are repeated, each head next to itself, where there are fewer of them than ranks
 * (h = H/P, s = S/P, e = h·D).
 *
 *   pass 1  [s,B,H,D] → [s,B,P,h,D] → [P,s,B,h,D] ⇢ [P·s,B,h,D]
 *   pass 2  [S,B,e] → [P,s,B,e] ⇢ [s,B,P,e] → [s,B,P·e] → heads apart again
 *
 * The class is built for one head count of queries and one of keys; `forward` asserts that it is given
 * both before anything is sent, and that attention left what it should.
 *
 * @throws PythonError ValueError unless P divides H, and P divides Hkv or Hkv divides P; AssertionError
 *   where it is called with other shapes than it was built for
 */
function* reshard(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const { queryHeads, kvHeads } = builtFor(rank);
  if (rank.pass === 1) {
    assertShapes(rank, input, queryHeads, kvHeads);
    const times = floorDiv(P, kvHeads);
    const whole = rank.role === 'key-value' && times > 1 ? input.repeatInterleave(2, times) : input;
    const [s, B, H, D] = four(whole);
    const h = floorDiv(H, P);
    const pieces = whole.reshape([s, B, P, h, D]).permute([2, 0, 1, 3, 4]).contiguous();
    const received = yield* exchange(rank, pieces);
    return received.reshape([P * s, B, h, D]);
  }
  const [S, B, h, D] = four(input);
  const s = floorDiv(S, P);
  if (/^o\d*$/.test(rank.target)) {
    const e = floorDiv(D * queryHeads, P);
    const context = [S, B, h * D];
    const required = [rank.localSequence * P, B, e];
    if (!sameNumbers(context, required)) {
      throw new PythonError(
        'AssertionError',
        `The context shape ${size(context)} is not of the expected shape ${size(required)}`,
      );
    }
  }
  const pieces = input
    .reshape([S, B, h * D])
    .reshape([P, s, B, h * D])
    .contiguous();
  const received = yield* exchange(rank, pieces);
  return received
    .permute([1, 2, 0, 3])
    .reshape([s, B, P * h * D])
    .view([s, B, P * h, D]);
}

/** The head counts that the class is built for; it refuses those that the ranks do not share. */
function builtFor(rank: RankContext): { readonly queryHeads: number; readonly kvHeads: number } {
  const { worldSize: P, builtFor: built, queryHeads, kvHeads } = rank;
  const own = { queryHeads: built.query ?? queryHeads, kvHeads: built.keyValue ?? kvHeads };
  if (own.queryHeads % P !== 0) {
    throw new PythonError('ValueError', indivisible(own.queryHeads, P));
  }
  if (own.kvHeads % P !== 0 && P % own.kvHeads !== 0) {
    throw new PythonError('ValueError', indivisibleKv(own.kvHeads, P));
  }
  return own;
}

function indivisible(heads: number, worldSize: number): string {
  return `Attention head count ${heads} is not divisible by SP size ${worldSize}`;
}

function indivisibleKv(kvHeads: number, worldSize: number): string {
  return `KV attention head count ${kvHeads} is not divisible by SP size ${worldSize} or vice versa`;
}

/** What `forward` asserts of queries, keys and values before it sends any: [s, B, H, D] as built. */
function assertShapes(rank: RankContext, input: Tensor, queryHeads: number, kvHeads: number): void {
  const [s, B, heads, D] = four(input);
  const { query, keyValue } = rank.handedOver;
  const isKey = rank.role === 'key-value';
  const refuse = (which: string, required: number) => {
    throw new PythonError(
      'AssertionError',
      `[${rank.rank}]: ${which} input tensor does not match the required shape ${size([s, B, required, D])}`,
    );
  };
  if ((isKey ? query : heads) !== queryHeads && query !== null) refuse('query', queryHeads);
  const keys = isKey ? heads : keyValue;
  if (keys !== null && keys !== kvHeads) refuse('key or value', kvHeads);
}

/** A shape as PyTorch prints it. */
function size(shape: readonly number[]): string {
  return `torch.Size([${shape.join(', ')}])`;
}

export const implementation: Implementation = {
  id: 'deepspeed-alst',
  title: 'DeepSpeed ALST',
  about: 'Arctic long-sequence training: checks heads when built, repeats scarce KV heads.',
  source: 'DeepSpeed runtime/sequence_parallel/ulysses_sp.py',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.17.0', last: '0.19.5' },
    pullRequest: 7268,
    file: 'deepspeed/runtime/sequence_parallel/ulysses_sp.py',
    commit: '720787e79b5529dd3dd6ccbeccb4a6b710a0b876',
    variant: 'ALST',
  },
  layouts: [1],
  order: 'contiguous',
  condition: null,
  caller: CALLER,
  refusal: REFUSAL,
  remembersHeads: false,
  repeatsKv: true,
  reshard,
};
