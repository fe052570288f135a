import type { Implementation } from '../../published/implementation.ts';
import { singleAllToAll } from './steps/single-all-to-all.ts';

/**
 * DeepSpeed #5664, `deepspeed/sequence/layer.py`, release 0.14.4: as #4695, but pass 2 swaps dims 0
 * and 2 of what it received. `singleAllToAll` has the steps.
 *
 *   sequence first [s, 1, H, D] ⇄ [S, 1, h, D]
 *
 * Batch first it is silently wrong, and raises with B > 1.
 */
export const implementation: Implementation = {
  id: 'deepspeed-5664',
  title: 'DeepSpeed 0.14.4',
  about: 'As 0.12.4 with another transpose in pass 2: repairs one layout, breaks the other.',
  source: 'DeepSpeed #5664, deepspeed/sequence/layer.py',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.14.4', last: '0.14.4' },
    pullRequest: 5664,
    file: 'deepspeed/sequence/layer.py',
    commit: 'd254d75ef028e2e6bd3305ba0feeb6a61c986443',
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition: null,
  remembersHeads: false,
  reshard: (rank, input) => singleAllToAll(rank, input, 2),
};
