import type { Implementation } from '../implementation.ts';
import { listAllToAll } from './list-all-to-all.ts';

export const verl: Implementation = {
  id: 'verl',
  title: 'verl',
  about: 'The list form, whose caller repeats scarce KV heads; LlamaFactory’s caller does not.',
  source: 'verl utils/ulysses.py; LlamaFactory v1 the same',
  layouts: [0],
  sharding: 'pieces',
  condition: null,
  remembersHeads: false,
  reshard: listAllToAll,
};
