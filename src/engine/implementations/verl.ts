import type { Implementation } from '../implementation.ts';
import { listAllToAll } from './steps/list-all-to-all.ts';

/**
 * verl `utils/ulysses.py`, and LlamaFactory v1: the list form of DeepSpeed #4198, `listAllToAll`.
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D]
 *
 * verl's caller repeats scarce key/value heads P // Hkv times before (`kvRepeat` of a case),
 * LlamaFactory's does not.
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
  sharding: 'pieces',
  condition: null,
  remembersHeads: false,
  reshard: listAllToAll,
};
