import type { Implementation } from '../../published/implementation.ts';
import { singleAllToAll } from './steps/single-all-to-all.ts';

/**
 * DeepSpeed #4695, `deepspeed/sequence/layer.py`, release 0.12.4: one all-to-all on a flattened
 * tensor; pass 2 swaps dims 0 and 1 of what it received. `singleAllToAll` has the steps.
 *
 *   batch first [1, s, H, D] ⇄ [1, S, h, D];  sequence first [s, 1, H, D] ⇄ [S, 1, h, D]
 *
 * With B > 1 it raises batch first and is silently wrong sequence first.
 */
export const implementation: Implementation = {
  id: 'deepspeed-4695',
  title: 'DeepSpeed 0.12.4',
  about: 'One all-to-all on a flattened tensor, with no notion of the batch dimension.',
  source: 'DeepSpeed #4695, deepspeed/sequence/layer.py',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.12.4', last: '0.14.3' },
    pullRequest: 4695,
    file: 'deepspeed/sequence/layer.py',
    commit: '7122362fb025f42dcc1bab40a4211ee626116ce4',
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition: null,
  remembersHeads: false,
  reshard: (rank, input) => singleAllToAll(rank, input, 1),
};
