import type { Implementation } from '../implementation.ts';
import { singleAllToAll } from './single-all-to-all.ts';

export const deepspeed5664: Implementation = {
  id: 'deepspeed-5664',
  title: 'DeepSpeed 0.14.4',
  about: 'As 0.12.4 with another transpose in pass 2: repairs one layout, breaks the other.',
  source: 'DeepSpeed #5664, deepspeed/sequence/layer.py',
  layouts: [0, 1],
  sharding: 'pieces',
  condition: null,
  remembersHeads: false,
  reshard: (rank, input) => singleAllToAll(rank, input, 2),
};
