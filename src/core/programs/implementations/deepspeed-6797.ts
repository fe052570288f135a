import type { Implementation } from '../../published/implementation.ts';
import { sequenceFirstShape } from './steps/even-heads.ts';
import { inBlocksOf64 } from './steps/uneven-heads.ts';
import { UNEVEN_LAYER_GUARDS, unevenLayer } from './steps/uneven-layer.ts';

/**
 * DeepSpeed #6797, `deepspeed/sequence/layer.py`, release 0.16.2: heads are asked about only where
 * they are scattered. The rest as #6392; `unevenLayer` has the steps (h = this rank's heads).
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 */
export const implementation: Implementation = {
  id: 'deepspeed-6797',
  title: 'DeepSpeed 0.16.2',
  about: 'The merged fix: ask only where the heads are scattered.',
  source: 'DeepSpeed #6797, deepspeed/sequence/layer.py',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.16.2', last: '0.16.2' },
    pullRequest: 6797,
    thread: 6774,
    file: 'deepspeed/sequence/layer.py',
    commit: 'b344c04df0fdf058617004924a7aaa15055dccce',
    repairs: ['deepspeed-6392'],
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition:
    'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2)',
  guards: UNEVEN_LAYER_GUARDS,
  remembersHeads: true,
  steps: unevenLayer,
  release: { fallbackSizes: inBlocksOf64, backShape: sequenceFirstShape },
  reshard: (rank, input) => unevenLayer(rank, input),
};
