import type { FieldName } from '../cases/case-fields.ts';
import { KV_REPEATS } from '../contract/case.ts';
import { caseWith } from './testing.ts';

/** For tests: a case in which every field can say something else. */
export const EVERY_FIELD = caseWith({ program: 'layerForward', kvHeads: 2 });

/** For tests: for each field another value than that case has, and the option that says it. */
export const OTHER_VALUES: Readonly<
  Record<FieldName, { readonly value: unknown; readonly option: string }>
> = {
  implementation: { value: 'deepspeed-6797', option: 'deepspeed==0.16.2' },
  program: { value: 'layerForwardBackward', option: 'layerForwardBackward' },
  sp: { value: 2, option: '2' },
  batch: { value: 2, option: '2' },
  seq: { value: 16, option: '16' },
  heads: { value: 16, option: '16' },
  kvHeads: { value: 4, option: '4' },
  headDim: { value: 3, option: '3' },
  batchDimIdx: { value: 1, option: 'sbhd' },
  numKvHeadsBefore: { value: 6, option: '6' },
  calls: {
    value: [
      { tensor: 'q', heads: 8, pass: 1 },
      { tensor: 'q', heads: 8, pass: 2, to: 'o' },
    ],
    option: 'q:8,q:8:o',
  },
  gatherIdx: { value: 0, option: '0' },
  kvRepeat: { value: KV_REPEATS[1], option: KV_REPEATS[1] },
  sequenceSplit: { value: 'pad', option: 'pad' },
  sequenceOrder: { value: 'balanced', option: 'balanced' },
  caller: { value: 'bypassed', option: 'bypassed' },
  condition: { value: 'scatter_idx < 2', option: 'if scatter_idx < 2:' },
  guards: {
    value: { 'more-heads-than-ranks': 'num_heads > 0' },
    option: 'more-heads-than-ranks=num_heads > 0',
  },
  fault: { value: { kind: 'raises-in', rank: 2, call: 1 }, option: 'raises-in:2:1' },
};
