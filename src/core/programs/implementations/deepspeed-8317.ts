import type { Implementation } from '../../published/implementation.ts';
import { sequenceFirstShape } from './steps/even-heads.ts';
import { oneByOne } from './steps/uneven-heads.ts';
import { UNEVEN_LAYER_GUARDS, unevenLayer } from './steps/uneven-layer.ts';

/**
 * DeepSpeed #8317, `deepspeed/sequence/layer.py`: as #6750 with the shape of sequence-first pass 2
 * repaired. `unevenLayer` has the steps (h = this rank's heads).
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 */
export const implementation: Implementation = {
  id: 'deepspeed-8317',
  title: 'DeepSpeed, with #8317',
  about: 'As 0.16.3 with the shape of sequence-first pass 2 repaired.',
  source: 'DeepSpeed #8317, deepspeed/sequence/layer.py',
  publication: {
    project: 'deepspeed',
    status: 'merged',
    releases: null,
    pullRequest: 8317,
    file: 'deepspeed/sequence/layer.py',
    commit: null,
    repairs: ['deepspeed-6750'],
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition:
    'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2)',
  guards: UNEVEN_LAYER_GUARDS,
  remembersHeads: true,
  steps: unevenLayer,
  release: { fallbackSizes: oneByOne, backShape: sequenceFirstShape },
  reshard: (rank, input) => unevenLayer(rank, input),
};
