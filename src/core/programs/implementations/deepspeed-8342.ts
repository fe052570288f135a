import { floorDiv } from '../../../base/numbers.ts';
import type { Implementation, Program, RankContext } from '../../published/implementation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { four, sequenceFirstShape } from './steps/even-heads.ts';
import { oneByOne } from './steps/uneven-heads.ts';
import { OVERLAP_GUARDS, unevenLayer } from './steps/uneven-layer.ts';

/**
 * DeepSpeed's overlap path since #6750, before its repair in #8342, in either layout: dq and dk are
 * exchanged asynchronously, and what comes back is the raw receive buffer [P, …], never permuted into
 * [B, s, P·h, D]. All else is as #8317; the uneven path refuses to be asynchronous.
 */
function* reshard(rank: RankContext, input: Tensor): Program {
  const asynchronous = /^d[qk]\d*$/.test(rank.target);
  const steps = unevenLayer(rank, input, asynchronous);
  let step = steps.next();
  let raw: Tensor | null = null;
  while (!step.done) {
    if (step.value.kind === 'all_to_all_single') raw = step.value.output;
    yield step.value;
    if (asynchronous && raw !== null) return raw.view(shapeBack(rank, input));
    step = steps.next();
  }
  return step.value;
}

function shapeBack({ worldSize: P, batchDimIdx }: RankContext, input: Tensor): readonly number[] {
  const sizes = four(input);
  const [B, S, h, D] = sizes;
  return batchDimIdx === 0 ? [B, floorDiv(S, P), P * h, D] : sequenceFirstShape(sizes, P);
}

export const implementation: Implementation = {
  id: 'deepspeed-8342',
  title: 'DeepSpeed, overlap path',
  about: 'Gradients dq and dk come back as the raw buffer, unpermuted.',
  source: 'DeepSpeed #8342 before its repair, deepspeed/sequence/layer.py',
  // Sequence first those releases also ask for the wrong shape of #6750; here it is as #8317 has it.
  publication: {
    project: 'deepspeed',
    status: 'released',
    releases: { first: '0.16.3', last: '0.19.5' },
    pullRequest: 6750,
    thread: 8342,
    file: 'deepspeed/sequence/layer.py',
    commit: 'c17dc33c04a65606d770705a2c9d4ae3e0ae5a9b',
    variant: 'overlap path',
    repairedBy: { pullRequest: 8342, as: 'deepspeed-8317' },
  },
  layouts: [0, 1],
  order: 'contiguous',
  condition:
    'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2)',
  guards: OVERLAP_GUARDS,
  remembersHeads: true,
  release: { fallbackSizes: oneByOne, backShape: sequenceFirstShape },
  reshard,
};
