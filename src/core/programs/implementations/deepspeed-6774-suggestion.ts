import type { Implementation } from '../../published/implementation.ts';
import { sequenceFirstShape } from './steps/even-heads.ts';
import { inBlocksOf64 } from './steps/uneven-heads.ts';
import { UNEVEN_LAYER_GUARDS, unevenLayer } from './steps/uneven-layer.ts';

/**
 * The condition that DeepSpeed issue #6774 suggests, never released: heads are asked about only where
 * the sequence is gathered. The rest as #6392; `unevenLayer` has the steps (h = this rank's heads).
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 */
export const implementation: Implementation = {
  id: 'deepspeed-6774-suggestion',
  title: 'DeepSpeed, suggested in #6774',
  about: 'The condition that the issue suggests: ask only where the sequence is gathered.',
  source: 'DeepSpeed issue #6774; never released',
  publication: {
    project: 'deepspeed',
    status: 'proposed',
    releases: null,
    pullRequest: null,
    thread: 6774,
    file: 'deepspeed/sequence/layer.py',
    commit: null,
    variant: 'suggested in #6774',
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition:
    'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and gather_idx < 2)',
  guards: UNEVEN_LAYER_GUARDS,
  remembersHeads: true,
  steps: unevenLayer,
  release: { fallbackSizes: inBlocksOf64, backShape: sequenceFirstShape },
  reshard: (rank, input) => unevenLayer(rank, input),
};
