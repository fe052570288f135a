import type { Implementation } from '../implementation.ts';
import { evenHeads, HEADS_DIVISIBLE } from './even-heads.ts';

export const deepspeed5823: Implementation = {
  id: 'deepspeed-5823',
  title: 'DeepSpeed 0.14.5',
  about: 'Told where the batch stands; heads must divide.',
  source: 'DeepSpeed #5823, deepspeed/sequence/layer.py',
  layouts: [0, 1],
  sharding: 'pieces',
  condition: null,
  guards: [HEADS_DIVISIBLE],
  remembersHeads: false,
  reshard: evenHeads,
};
