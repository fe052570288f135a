/** A name that a condition may use, and what it stands for: one sentence. */
export interface ConditionName {
  readonly name: string;
  readonly meaning: string;
}

/** What every condition has in scope, on each rank, in each call. */
export const CONDITION_NAMES: readonly ConditionName[] = [
  {
    name: 'num_heads',
    meaning:
      'The heads of the tensor at hand: all of them in pass 1, those that pass 1 left on this rank in pass 2.',
  },
  { name: 'seq_world_size', meaning: 'P, the number of ranks that share the sequence.' },
  {
    name: 'scatter_idx',
    meaning: 'The dimension that is cut: 2, the heads, in pass 1; that of the sequence in pass 2.',
  },
  {
    name: 'gather_idx',
    meaning:
      'The dimension that is put together: that of the sequence in pass 1; 2, the heads, in pass 2.',
  },
  {
    name: 'batch_dim_idx',
    meaning: 'Where the batch stands: 0 for [B, S, H, D], 1 for [S, B, H, D].',
  },
  {
    name: 'get_num_kv_heads()',
    meaning:
      'The head count that the process keeps since the uneven path was first entered, None while it keeps none; in #8316 that of the layer, read off its keys.',
  },
];
