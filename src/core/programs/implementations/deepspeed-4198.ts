import type { Implementation } from '../../published/implementation.ts';
import { listAllToAll } from './steps/list-all-to-all.ts';

/**
 * DeepSpeed #4198, `deepspeed/sequence/layer.py`, release 0.10.2: a list of P pieces, one a rank.
 * Either layout, any batch: `listAllToAll` has the steps. Breaks on uneven heads.
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 */
export const implementation: Implementation = {
  id: 'deepspeed-4198',
  title: 'DeepSpeed 0.10.2',
  about: 'The first one: a list of pieces, one per rank.',
  source: 'DeepSpeed #4198, deepspeed/sequence/layer.py',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.10.2', last: '0.12.3' },
    pullRequest: 4198,
    file: 'deepspeed/sequence/layer.py',
    commit: '462def451e06f10f12916c49f34800d52ab52446',
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition: null,
  remembersHeads: false,
  lists: true,
  reshard: listAllToAll,
};
