import type { Implementation } from '../../published/implementation.ts';
import { sequenceFirstShape } from './steps/even-heads.ts';
import { inBlocksOf64 } from './steps/uneven-heads.ts';
import { UNEVEN_LAYER_GUARDS, unevenLayer } from './steps/uneven-layer.ts';

/**
 * DeepSpeed #6392, `deepspeed/sequence/layer.py`, release 0.15.4: the uneven path, entered wherever P
 * does not divide the heads, in pass 2 too, where they are divided already: issue #6774. `unevenLayer`
 * has the steps (h = this rank's heads, H // P or one more).
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 */
export const implementation: Implementation = {
  id: 'deepspeed-6392',
  title: 'DeepSpeed 0.15.4',
  about: 'Uneven heads; asks the same question of a count that pass 1 has already divided.',
  source: 'DeepSpeed #6392, deepspeed/sequence/layer.py; the bug of issue #6774',
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.15.4', last: '0.16.1' },
    pullRequest: 6392,
    file: 'deepspeed/sequence/layer.py',
    commit: 'a1b0c35a1def4bfc20fc3eeb89d6f5831fbc4ae8',
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition: 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0',
  guards: UNEVEN_LAYER_GUARDS,
  remembersHeads: true,
  steps: unevenLayer,
  release: { fallbackSizes: inBlocksOf64, backShape: sequenceFirstShape },
  reshard: (rank, input) => unevenLayer(rank, input),
};
