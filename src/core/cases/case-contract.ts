import { type Case, kvTimes } from '../contract/case.ts';
import type { Contract } from '../contract/contract.ts';
import type { Axis, Layout } from '../contract/layout.ts';
import { type Dealing, dealingOf, dealtLength, paddedLength } from '../contract/sequence.ts';
import { kvRepeatOf } from '../published/caller.ts';
import type { Implementation } from '../published/implementation.ts';
import { countsText, scopeOf, titleWith } from './scope.ts';

/** What a case and its code ask of their ranks. Documents that are packed are dealt as one sequence. */
export function contractOf(c: Case, implementation: Implementation): Contract {
  const { packed, order, strided, remembersHeads, countsByLayer, condition } = implementation;
  const dealing = dealingOf(c, order);
  const repeats = kvRepeatOf(c, implementation) !== undefined || implementation.repeatsKv === true;
  const axes = axesOf(c, packed === true);
  return {
    title: titleWith(c, implementation.title),
    counts: countsText(c),
    scope: scopeOf(c),
    sp: c.sp,
    batch: c.batch,
    seq: c.seq,
    positions: paddedLength(c),
    headDim: c.headDim,
    calls: c.calls.map((call) => ({ ...call, times: kvTimes(c, call, repeats) })),
    noun: c.program === 'twoModels' ? 'model' : 'layer',
    before: { axes, spread: before(dealing, packed === true) },
    between: {
      axes,
      spread: {
        ...(packed === true
          ? {}
          : { S: { kind: 'whole', length: dealtLength(dealing), times: 1 } }),
        H: { kind: 'held', order: strided === true ? 'strided' : 'contiguous', times: 1 },
      },
    },
    headCount: !remembersHeads ? null : countsByLayer === true ? 'layer' : 'process',
    decides: condition !== null,
  };
}

function axesOf({ batchDimIdx }: Case, packed: boolean): readonly Axis[] {
  if (packed) return ['T', 'H', 'D'];
  return batchDimIdx === 0 ? ['B', 'S', 'H', 'D'] : ['S', 'B', 'H', 'D'];
}

function before(dealing: Dealing, packed: boolean): Layout['spread'] {
  if (packed) return { T: { kind: 'split', order: 'contiguous' } };
  const { sequenceSplit: split, sequenceOrder: order } = dealing;
  return { S: { kind: 'split', order, ...(split === undefined ? {} : { split }) } };
}
