import type { Implementation } from '../../published/implementation.ts';
import { evenHeads, HEADS_DIVISIBLE } from './steps/even-heads.ts';

/**
 * DeepSpeed #5823, `deepspeed/sequence/layer.py`, release 0.14.5: told by `batch_dim_idx` where the
 * batch stands. Heads must divide. `evenHeads` has the steps.
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 */
export const implementation: Implementation = {
  id: 'deepspeed-5823',
  title: 'DeepSpeed 0.14.5',
  about: 'Told where the batch stands; heads must divide.',
  source: 'DeepSpeed #5823, deepspeed/sequence/layer.py',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.14.5', last: '0.15.3' },
    pullRequest: 5823,
    file: 'deepspeed/sequence/layer.py',
    commit: 'eb07d41f959bda6c76b106c1c1c40493720b2fb8',
    repairs: ['deepspeed-4695', 'deepspeed-5664'],
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition: null,
  guards: [HEADS_DIVISIBLE],
  remembersHeads: false,
  reshard: evenHeads,
};
