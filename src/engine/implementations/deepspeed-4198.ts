import type { Implementation } from '../implementation.ts';
import { listAllToAll } from './list-all-to-all.ts';

export const deepspeed4198: Implementation = {
  id: 'deepspeed-4198',
  title: 'DeepSpeed 0.10.2',
  about: 'The first one: a list of pieces, one a rank.',
  source: 'DeepSpeed #4198, deepspeed/sequence/layer.py',
  layouts: [0, 1],
  sharding: 'pieces',
  condition: null,
  remembersHeads: false,
  reshard: listAllToAll,
};
