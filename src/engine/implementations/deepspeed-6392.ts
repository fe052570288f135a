import type { Implementation } from '../implementation.ts';
import { inBlocksOf64 } from './uneven-heads.ts';
import { UNEVEN_LAYER_GUARDS, unevenLayer } from './uneven-layer.ts';

const condition = 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0';

export const deepspeed6392: Implementation = {
  id: 'deepspeed-6392',
  title: 'DeepSpeed 0.15.4',
  about: 'Uneven heads; asks the same question of a count that pass 1 has already divided.',
  source: 'DeepSpeed #6392, deepspeed/sequence/layer.py; the bug of issue #6774',
  layouts: [0, 1],
  sharding: 'pieces',
  condition,
  guards: UNEVEN_LAYER_GUARDS,
  remembersHeads: true,
  reshard: (rank, input) => unevenLayer(rank, input, { condition, fallbackSizes: inBlocksOf64 }),
};
