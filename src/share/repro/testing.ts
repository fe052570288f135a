import type { Case, FaultKind, KvRepeat } from '../../core/contract/case.ts';
import { caseWith } from '../../core/world/testing.ts';

/** For tests: cases of every verdict and of many implementations, by what they are about. */
export const TOLD_CASES: Readonly<Record<string, Case>> = {
  'even heads taken for uneven': caseWith({}),
  'even heads taken for uneven, sizes differ': caseWith({ heads: 20 }),
  'uneven heads': caseWith({ implementation: 'deepspeed-6797', heads: 7, batch: 2 }),
  'a head count left behind': caseWith({
    implementation: 'deepspeed-6797',
    heads: 14,
    numKvHeadsBefore: 7,
  }),
  'a rank without a KV head': caseWith({
    implementation: 'deepspeed-6797',
    program: 'layerForwardBackward',
    sp: 2,
    heads: 9,
    kvHeads: 1,
  }),
  'a count in the layer': caseWith({
    implementation: 'deepspeed-8316',
    program: 'twoModels',
    heads: 7,
    kvHeads: 8,
  }),
  'wrong elements': caseWith({ implementation: 'deepspeed-4695', batchDimIdx: 1, batch: 2 }),
  'a round trip around a wrong pass 1': {
    ...caseWith({ implementation: 'deepspeed-5664', sp: 2, heads: 4, batch: 2 }),
    gatherIdx: 0,
  },
  'a shape for another': caseWith({ implementation: 'deepspeed-6750', batchDimIdx: 1, heads: 16 }),
  'the raw buffer': caseWith({ implementation: 'deepspeed-8342', program: 'layerForwardBackward' }),
  'KV heads tiled': repeatedKv('tile'),
  'KV heads in place': repeatedKv('in-place'),
  'fewer KV heads than ranks': caseWith({
    implementation: 'verl',
    program: 'layerForward',
    kvHeads: 2,
  }),
  'ALST repeats': caseWith({
    implementation: 'deepspeed-alst',
    program: 'layerForward',
    batchDimIdx: 1,
    kvHeads: 2,
  }),
  'ALST refuses': caseWith({ implementation: 'deepspeed-alst', batchDimIdx: 1, heads: 6 }),
  'ALST is given KV heads that it was not built for': caseWith({
    implementation: 'deepspeed-alst',
    program: 'layerForward',
    batchDimIdx: 1,
    kvHeads: 2,
    kvRepeat: 'tile',
  }),
  'no KV head to attend to': {
    ...caseWith({
      implementation: 'deepspeed-6797',
      program: 'layerForward',
      sp: 3,
      seq: 9,
      heads: 7,
      kvHeads: 1,
      caller: 'published',
    }),
    guards: { 'heads-divisible': 'True', 'more-heads-than-ranks': 'True' },
  },
  'any length': caseWith({ implementation: 'diffusers-anything', sp: 3, seq: 10, heads: 8 }),
  'head by head': caseWith({ implementation: 'yunchang-async', sp: 2, heads: 8 }),
  'half-chunks': caseWith({ implementation: 'transformer-engine-bshd', sp: 2, batch: 2 }),
  'half-chunks, sequence first': caseWith({
    implementation: 'transformer-engine-sbhd',
    sp: 2,
    batchDimIdx: 1,
  }),
  'a sequence chunked': caseWith({
    implementation: 'diffusers-unified',
    seq: 18,
    sequenceSplit: 'chunk',
    sequenceOrder: 'contiguous',
  }),
  'a sequence padded, as a zigzag': caseWith({
    implementation: 'deepspeed-5823',
    seq: 18,
    sequenceSplit: 'pad',
    sequenceOrder: 'balanced',
  }),
  'tokens dropped, strided': caseWith({
    implementation: 'verl',
    seq: 18,
    sequenceSplit: 'drop',
    sequenceOrder: 'strided',
  }),
  'a sequence refused': caseWith({
    implementation: 'diffusers-unified',
    seq: 18,
    sequenceSplit: 'refuse',
    sequenceOrder: 'contiguous',
  }),
  'a zigzag that was never done': caseWith({
    implementation: 'transformer-engine-bshd',
    sp: 2,
    heads: 4,
    sequenceOrder: 'contiguous',
  }),
  'documents packed': caseWith({ implementation: 'prime-rl', batch: 2 }),
  'a condition of its own': {
    ...caseWith({ heads: 6, batch: 2 }),
    condition: '(num_heads % (seq_world_size - 2) == 0  # pasted\n  and scatter_idx in (1, 2))',
  },
  'a guard that cannot be asked': {
    ...caseWith({ implementation: 'deepspeed-5823' }),
    guards: { 'heads-divisible': 'get_num_kv_heads() < num_heads' },
  },
  'one rank raises inside': faulty('raises-in'),
  'one rank sends less': faulty('sends-less'),
  'one rank is elsewhere': faulty('other-collective'),
  'one rank is gone': faulty('terminates'),
};

function repeatedKv(kvRepeat: KvRepeat): Case {
  const sizes = { implementation: 'deepspeed-5823', heads: 8, kvHeads: 2 } as const;
  return { ...caseWith({ ...sizes, program: 'layerForward' }), kvRepeat };
}

function faulty(kind: FaultKind): Case {
  return {
    ...caseWith({ implementation: 'diffusers-unified', sp: 3, seq: 9, heads: 6 }),
    fault: { kind, rank: 1, call: 1 },
  };
}
