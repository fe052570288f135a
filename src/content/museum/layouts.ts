import type { BatchDimIdx } from '../../core/contract/case.ts';
import { type BrokenCase, type Claims, caseOf, type Exhibit } from './exhibit.ts';

const DEEPSPEED = 'deepspeedai/DeepSpeed';

/** Two ranks, four heads, of a batch and a layout, in a code that knows no batch dimension. */
function batchCase(
  implementation: string,
  batch: number,
  batchDimIdx: BatchDimIdx,
  verdict: BrokenCase['verdict'],
  claims: Claims,
): BrokenCase {
  const fields = { sp: 2, heads: 4, batch, batchDimIdx };
  const layout = batchDimIdx === 0 ? 'batch first' : 'sequence first';
  return {
    label: `${implementation.replace('deepspeed-', '#')}, ${layout}, batch of ${batch}`,
    case: caseOf({ implementation, ...fields }),
    verdict,
    claims,
    repair: { label: '#5823', changes: { implementation: 'deepspeed-5823' } },
  };
}

/** Dimensions that are swapped, merged or named wrongly. */
export const LAYOUTS: readonly Exhibit[] = [
  {
    id: '5664',
    title: '“Corrupted all QKV data”',
    threads: [
      { project: DEEPSPEED, number: 5664 },
      { project: DEEPSPEED, number: 5823 },
    ],
    believed:
      'That swapping two dimensions after the exchange puts the heads back, whatever the layout.',
    happens:
      '#4695 swaps one pair of dimensions, #5664 another. Neither knows where the batch stands, so each is right for some layouts only.',
    shows:
      'Sequence first with a batch of 2, both are silently wrong. Batch first, #5664 scrambles the heads even of a batch of 1, and #4695 raises with 2.',
    repaired: '#5823 passes the batch dimension, and writes each layout out.',
    broken: [
      batchCase('deepspeed-4695', 2, 1, 'silently wrong', {
        check: 'round-trip',
        says: '64 of 128 elements are not restored',
        ranks: [0, 1],
        numbers: { wrongElements: 64, elements: 128 },
      }),
      batchCase('deepspeed-5664', 2, 1, 'silently wrong', {
        check: 'round-trip',
        says: '96 of 128 elements are not restored',
        ranks: [0, 1],
        numbers: { wrongElements: 96, elements: 128 },
      }),
      batchCase('deepspeed-5664', 1, 0, 'silently wrong', {
        check: 'round-trip',
        says: '56 of 64 elements are not restored',
        ranks: [0, 1],
        numbers: { wrongElements: 56, elements: 64 },
      }),
      batchCase('deepspeed-4695', 2, 0, 'raises', {
        check: 'no-exception',
        says: 'RuntimeError on all 2 ranks in forward: pass 2 of o',
        ranks: [0, 1],
      }),
    ],
  },
  {
    id: '5808',
    title: 'Batch larger than 1 silently wrong',
    threads: [
      { project: DEEPSPEED, number: 5808 },
      { project: DEEPSPEED, number: 5823 },
    ],
    believed: 'That pass 1 may merge all dimensions before the heads, the batch among them.',
    happens:
      'Batch first, pass 1 makes one dimension of batch and sequence: where the second chunk of a sample should follow, the first chunk of the next sample does.',
    shows:
      'Pass 1 says nothing: 64 of 128 elements lie where others belong, and attention runs on them. Only pass 2 raises.',
    repaired: '#5823 keeps the batch dimension apart.',
    broken: [
      batchCase('deepspeed-5664', 2, 0, 'raises', {
        check: 'pass1-truth',
        says: 'rank 0 holds (b 1, s 0, h 0, d 0) where (b 0, s 4, h 0, d 0) belongs',
        ranks: [0, 1],
        numbers: { wrongElements: 64, elements: 128 },
      }),
    ],
  },
  {
    id: '5366',
    title: 'Batch first, batch of 2: the reshape raises',
    threads: [
      { project: DEEPSPEED, number: 5366 },
      { project: DEEPSPEED, number: 5823 },
    ],
    believed: 'That what runs with a batch of 1 runs with 2.',
    happens:
      '[2, 1024, 8, 16] on 8 ranks: pass 2 reshapes to [8, 128, 1, 16], which forgets the batch.',
    shows:
      'Every rank raises in pass 2: half of its 32768 elements have no place in that shape. Pass 1 had already misplaced elements, in silence.',
    repaired: '#5823 writes the batch into every shape.',
    broken: [
      {
        label: '[2, 1024, 8, 16] on 8 ranks',
        case: caseOf({
          implementation: 'deepspeed-4695',
          sp: 8,
          batch: 2,
          seq: 1024,
          headDim: 16,
        }),
        verdict: 'raises',
        claims: {
          check: 'pass2-truth',
          says: "shape '[8, 128, 1, 16]' is invalid for input of size 32768",
          ranks: [0],
        },
        repair: { label: '#5823', changes: { implementation: 'deepspeed-5823' } },
      },
    ],
  },
  {
    id: '8317',
    title: 'Right order, wrong shape',
    threads: [
      { project: DEEPSPEED, number: 8317 },
      { project: DEEPSPEED, number: 6750 },
    ],
    believed: 'That a tensor which has all its elements in order is the right one.',
    happens:
      'Since #6750 the last reshape of a sequence-first pass 2 asks for [B, P·S, h//P, D] instead of [S//P, B, P·h, D].',
    shows:
      '16 heads on 4 ranks: every element in order, in shape [1, 32, 1, 2] instead of [2, 1, 16, 2], and no error is raised. With 8 heads the reshape raises.',
    repaired: '#8317 asks for the right shape.',
    broken: [
      {
        label: '16 heads',
        case: caseOf({ implementation: 'deepspeed-6750', heads: 16, batchDimIdx: 1 }),
        verdict: 'wrong shape',
        claims: {
          check: 'shape-and-order',
          says: 'order right, shape wrong: rank 0 returned [1, 32, 1, 2], expected [2, 1, 16, 2]',
          ranks: [0, 1, 2, 3],
          numbers: { ranksWrong: 4 },
        },
        repair: { label: '#8317', changes: { implementation: 'deepspeed-8317' } },
      },
      {
        label: '8 heads',
        case: caseOf({ implementation: 'deepspeed-6750', batchDimIdx: 1 }),
        verdict: 'raises',
        claims: {
          check: 'pass2-truth',
          says: "shape '[1, 32, 0, 2]' is invalid for input of size 32",
          ranks: [0],
        },
        repair: { label: '#8317', changes: { implementation: 'deepspeed-8317' } },
      },
    ],
  },
  {
    id: '406',
    title: 'The wrong gather_idx for the layout',
    threads: [
      { project: 'deepspeedai/Megatron-DeepSpeed', number: 406 },
      { project: DEEPSPEED, number: 4359 },
    ],
    believed: 'That the default gather_idx of 0 suits every layout.',
    happens:
      'Batch first, dimension 0 is the batch. Pass 1 gathers there and returns [2, 4, 2, 2] for [1, 8, 2, 2]: attention never leaves a chunk.',
    shows:
      'Nothing raises. #4695 brings 48 of 64 elements home wrongly; #5664 undoes its mistake exactly, a perfect round trip around a wrong pass 1.',
    repaired:
      'Give the index of the sequence; #5823 takes the layout from the batch dimension instead.',
    broken: [
      {
        label: '#4695',
        case: caseOf({ implementation: 'deepspeed-4695', sp: 2, heads: 4, gatherIdx: 0 }),
        verdict: 'silently wrong',
        claims: {
          check: 'round-trip',
          says: '48 of 64 elements are not restored',
          ranks: [0, 1],
          numbers: { wrongElements: 48, elements: 64 },
        },
        repair: { label: 'the index of the sequence', changes: { gatherIdx: undefined } },
      },
      {
        label: '#5664',
        case: caseOf({ implementation: 'deepspeed-5664', sp: 2, heads: 4, gatherIdx: 0 }),
        verdict: 'silently wrong',
        claims: {
          check: 'pass1-truth',
          says: 'rank 0 returned [2, 4, 2, 2], expected [1, 8, 2, 2]',
          ranks: [0, 1],
          numbers: { ranksWrong: 2 },
        },
        repair: {
          label: '#5823, told the batch dimension',
          changes: { implementation: 'deepspeed-5823' },
        },
      },
    ],
  },
  {
    id: '8342',
    title: 'Overlap gradients not permuted',
    threads: [
      { project: DEEPSPEED, number: 8342 },
      { project: DEEPSPEED, number: 6750 },
    ],
    believed: 'That the buffer of an asynchronous exchange holds the gradient once it has landed.',
    happens:
      'On the overlap path dq and dk are views of the raw receive buffer: the right shape, never permuted.',
    shows:
      'Forward is fine and nothing raises. In backward 96 of 128 elements of a gradient are not restored.',
    repaired: '#8342 returns the permuted gradients, as the path without overlap does.',
    broken: [
      {
        label: 'forward and backward',
        case: caseOf({ implementation: 'deepspeed-8342', program: 'layerForwardBackward' }),
        verdict: 'silently wrong',
        claims: {
          check: 'round-trip',
          says: '96 of 128 elements are not restored',
          ranks: [0, 1, 2, 3],
          numbers: { wrongElements: 96, elements: 128 },
        },
        repair: { label: 'without overlap (#8317)', changes: { implementation: 'deepspeed-8317' } },
      },
    ],
  },
];
