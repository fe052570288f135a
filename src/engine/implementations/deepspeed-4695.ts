import type { Implementation } from '../implementation.ts';
import { singleAllToAll } from './single-all-to-all.ts';

export const deepspeed4695: Implementation = {
  id: 'deepspeed-4695',
  title: 'DeepSpeed 0.12.4',
  about: 'One all-to-all on a flattened tensor, with no notion of the batch dimension.',
  source: 'DeepSpeed #4695, deepspeed/sequence/layer.py',
  layouts: [0, 1],
  sharding: 'pieces',
  condition: null,
  remembersHeads: false,
  reshard: (rank, input) => singleAllToAll(rank, input, 1),
};
