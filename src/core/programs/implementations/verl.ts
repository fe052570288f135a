import type { CallerPart, Implementation } from '../../published/implementation.ts';
import { listAllToAll } from './steps/list-all-to-all.ts';

/**
 * verl `models/transformers/monkey_patch.py`: `apply_monkey_patch` asserts both head counts of the
 * model when it is loaded; `_ulysses_flash_attention_forward` repeats scarce key/value heads.
 */
const CALLER: CallerPart = {
  source: 'verl models/transformers/monkey_patch.py',
  about: 'Asserts the head counts when the model is loaded, and repeats scarce KV heads.',
  guards: [
    {
      id: 'model-heads-divisible',
      condition: 'num_attention_heads % ulysses_sp_size == 0',
      about: 'When the model is loaded, the ranks must divide its heads.',
      names: [
        { name: 'num_attention_heads', meaning: 'H, the heads of the model.' },
        { name: 'ulysses_sp_size', meaning: 'P, the number of ranks.' },
      ],
      error: 'AssertionError',
      values: ({ heads, worldSize }) => ({
        num_attention_heads: heads,
        ulysses_sp_size: worldSize,
      }),
      message: ({ heads, worldSize }) =>
        `num_attention_heads ${heads} must be divisible by ulysses_sp_size ${worldSize}`,
    },
    {
      id: 'model-kv-heads-divisible',
      condition:
        'num_key_value_heads % ulysses_sp_size == 0 or ulysses_sp_size % num_key_value_heads == 0',
      about:
        'When the model is loaded, the ranks must divide its KV heads, or the KV heads the ranks.',
      names: [
        { name: 'num_key_value_heads', meaning: 'Hkv, the KV heads of the model.' },
        { name: 'ulysses_sp_size', meaning: 'P, the number of ranks.' },
      ],
      error: 'AssertionError',
      values: ({ kvHeads, worldSize }) => ({
        num_key_value_heads: kvHeads,
        ulysses_sp_size: worldSize,
      }),
      // Without a blank before “or” and behind the comma, as it is printed there.
      message: ({ kvHeads, worldSize }) =>
        `num_key_value_heads ${kvHeads} must be divisible by ulysses_sp_size ${worldSize}or vise versa. ` +
        'Upon ulysses_sp_size % num_key_value_heads == 0,kv heads are repeated to ensure correctness.',
    },
  ],
  repeatsKv: true,
};

/**
 * verl `utils/ulysses.py`, and LlamaFactory v1: the list form of DeepSpeed #4198, `listAllToAll`.
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D]
 *
 * verl's caller asserts the head counts and repeats scarce key/value heads P // Hkv times before;
 * LlamaFactory's does neither: a case that bypasses the caller is that.
 */
export const implementation: Implementation = {
  id: 'verl',
  title: 'verl',
  about: 'The list form, whose caller repeats scarce KV heads; LlamaFactory’s caller does not.',
  source: 'verl utils/ulysses.py; LlamaFactory v1 the same',
  publication: {
    project: 'verl',
    status: 'released',
    releases: { first: '0.2', last: '0.7.0' },
    pullRequest: 109,
    file: 'verl/utils/ulysses.py',
    commit: '828df7e8a9f8dc94762f36b7407de3bf2573b4c5',
  },
  layouts: [0],
  order: 'contiguous',
  condition: null,
  caller: CALLER,
  remembersHeads: false,
  lists: true,
  reshard: listAllToAll,
};
