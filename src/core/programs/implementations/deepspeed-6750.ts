import { floorDiv } from '../../../base/numbers.ts';
import type { Implementation, Release } from '../../published/implementation.ts';
import { oneByOne } from './steps/uneven-heads.ts';
import { UNEVEN_LAYER_GUARDS, unevenLayer } from './steps/uneven-layer.ts';

/** [S, B, h, D] is asked for as [B, P·S, h//P, D]: right order, wrong shape, where P divides h. */
const wrongShape: Release['backShape'] = ([S, B, h, D], P) => [B, P * S, floorDiv(h, P), D];

/**
 * DeepSpeed #6750, `deepspeed/sequence/layer.py`, releases 0.16.3 to 0.19.x: as #6797 with the layout
 * refactored. `unevenLayer` has the steps (h = this rank's heads).
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] → [S, B, h, D] → `wrongShape`
 */
export const implementation: Implementation = {
  id: 'deepspeed-6750',
  title: 'DeepSpeed 0.16.3',
  about: 'Layout refactored; sequence-first pass 2 asks for a wrong shape.',
  source: 'DeepSpeed #6750, deepspeed/sequence/layer.py; to 0.19.x',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.16.3', last: '0.19.5' },
    pullRequest: 6750,
    file: 'deepspeed/sequence/layer.py',
    commit: 'c17dc33c04a65606d770705a2c9d4ae3e0ae5a9b',
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition:
    'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2)',
  guards: UNEVEN_LAYER_GUARDS,
  remembersHeads: true,
  steps: unevenLayer,
  release: { fallbackSizes: oneByOne, backShape: wrongShape },
  reshard: (rank, input) => unevenLayer(rank, input),
};
