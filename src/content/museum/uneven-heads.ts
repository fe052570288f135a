import { caseOf, type Exhibit } from './exhibit.ts';

const DEEPSPEED = 'deepspeedai/DeepSpeed';

/** Head counts that decide where they should not. */
export const UNEVEN_HEADS: readonly Exhibit[] = [
  {
    id: '6774',
    title: 'Even heads taken for uneven in pass 2',
    threads: [
      { project: DEEPSPEED, number: 6774 },
      { project: DEEPSPEED, number: 6797 },
    ],
    believed:
      'That “do the ranks divide the heads?” tells an uneven model from an even one, in either pass.',
    happens:
      'Pass 1 cuts 8 heads for 4 ranks and leaves 2 on each. Pass 2 asks the same of the 2 that are left, and takes the uneven path.',
    shows:
      'With 8 heads every rank raises an AssertionError. With 20 the ranks disagree on sizes: the job hangs or corrupts.',
    repaired: '#6797 asks about heads only where heads are scattered: in pass 1.',
    broken: [
      {
        label: '8 heads',
        case: caseOf({ implementation: 'deepspeed-6392' }),
        verdict: 'raises',
        claims: {
          check: 'same-branch',
          says: 'forward: pass 1 of q · 8 % 4 = 0, even; forward: pass 2 of o · 2 % 4 = 2, uneven',
          ranks: [0, 1, 2, 3],
          numbers: { numHeadsInPass1: 8, numHeadsInPass2: 2 },
          heads: { call: 0, counts: [2, 2, 2, 2] },
        },
        repair: { label: '#6797', changes: { implementation: 'deepspeed-6797' } },
      },
      {
        label: '20 heads',
        case: caseOf({ implementation: 'deepspeed-6392', heads: 20 }),
        verdict: 'ranks disagree',
        claims: {
          check: 'splits-agree',
          says: 'rank 0 sends 20 elements to rank 1, which expects 40',
          ranks: [0, 1],
          numbers: { sent: 20, expected: 40 },
        },
        repair: { label: '#6797', changes: { implementation: 'deepspeed-6797' } },
      },
    ],
  },
  {
    id: '8291',
    title: 'A head count left behind',
    threads: [
      { project: DEEPSPEED, number: 8291 },
      { project: DEEPSPEED, number: 8316 },
    ],
    believed: 'That a process has one model, so that one head count for the process will do.',
    happens:
      'A model meets the count that another left: 12 heads are cut by a 3, or by a 7 that is not theirs.',
    shows:
      'After a 3 the ranks hold 4, 4, 4 and 0 of 12 heads; in pass 2 rank 3 divides by zero and the others wait forever. After a 7, 12 heads make the ranks disagree on sizes; 14 come out as 4, 4, 4 and 2, and no error is raised.',
    repaired: '#8316 keeps the count in each layer.',
    broken: [
      {
        label: 'a count of 3 met by 12 heads',
        case: caseOf({ implementation: 'deepspeed-6797', heads: 12, numKvHeadsBefore: 3 }),
        verdict: 'ranks disagree',
        claims: {
          check: 'heads-balanced',
          says: '4 · 4 · 4 · 0, rank 3 without a head',
          ranks: [3],
          numbers: { fewest: 0, most: 4 },
          heads: { call: 0, counts: [4, 4, 4, 0] },
        },
        repair: {
          label: '#8316, where nothing is left behind',
          changes: { implementation: 'deepspeed-8316', numKvHeadsBefore: null },
        },
      },
      {
        label: '7 heads, then 12',
        case: caseOf({
          implementation: 'deepspeed-6797',
          program: 'twoModels',
          heads: 7,
          kvHeads: 12,
        }),
        verdict: 'ranks disagree',
        claims: {
          check: 'splits-agree',
          says: 'forward: pass 2 of p · rank 0 sends 12 elements to rank 3, which expects 24',
          ranks: [0, 3],
          numbers: { sent: 12, expected: 24 },
        },
        repair: { label: '#8316', changes: { implementation: 'deepspeed-8316' } },
      },
      {
        label: '7 heads, then 14',
        case: caseOf({
          implementation: 'deepspeed-6797',
          program: 'twoModels',
          heads: 7,
          kvHeads: 14,
        }),
        verdict: 'unbalanced',
        claims: {
          check: 'heads-balanced',
          says: '4 · 4 · 4 · 2, uneven',
          numbers: { fewest: 2, most: 4 },
          heads: { call: 2, counts: [4, 4, 4, 2] },
        },
        repair: { label: '#8316', changes: { implementation: 'deepspeed-8316' } },
      },
    ],
  },
  {
    id: 'kv-decides-for-q',
    title: 'K and V decide for Q',
    threads: [],
    believed: 'That a head count remembered for K and V is right for what comes after them.',
    happens:
      'The 4 ranks divide 28 query heads, but not 6 KV heads. K takes the uneven path in pass 1 and sets the count to 6; pass 2 follows it with Q, which took the even path.',
    shows:
      'Sizes disagree in pass 2: rank 0 sends 28 elements to rank 2, which expects 56. Found by running it, not by a report.',
    repaired:
      'By a count that is known before Q goes (#8316), where it divides Q’s heads. 6 does not divide 28: here sizes still disagree.',
    broken: [
      {
        label: '28 heads, 6 KV heads',
        case: caseOf({
          implementation: 'deepspeed-6797',
          program: 'layerForward',
          heads: 28,
          kvHeads: 6,
        }),
        verdict: 'ranks disagree',
        claims: {
          check: 'splits-agree',
          says: 'forward: pass 2 of o · rank 0 sends 28 elements to rank 2, which expects 56',
          ranks: [0, 2],
          numbers: { sent: 28, expected: 56 },
          heads: { call: 0, counts: [7, 7, 7, 7] },
        },
      },
      {
        label: 'the count in the layer',
        case: caseOf({
          implementation: 'deepspeed-8316',
          program: 'layerForward',
          heads: 28,
          kvHeads: 6,
        }),
        verdict: 'ranks disagree',
        claims: {
          check: 'splits-agree',
          says: 'forward: pass 2 of o · rank 0 sends 28 elements to rank 2, which expects 56',
          ranks: [0, 2],
        },
      },
    ],
  },
  {
    id: 'no-kv-head',
    title: 'A rank without a KV head',
    threads: [],
    believed: 'That a rank which holds no KV head merely has less to do.',
    happens:
      '9 query heads set the count to 9. The one KV head stays on rank 0, rank 1 holds none; on the way back the gradient of K is cut by the count of 9.',
    shows:
      'In backward the split sizes of rank 0 do not add up, and it raises; rank 1 waits forever. Found in real runs of the exchange alone: where attention runs between the passes, rank 1 raises in that.',
    repaired: 'Not yet.',
    broken: [
      {
        label: '9 heads, 1 KV head',
        case: caseOf({
          implementation: 'deepspeed-6797',
          program: 'layerForwardBackward',
          sp: 2,
          heads: 9,
          kvHeads: 1,
          caller: 'bypassed',
        }),
        verdict: 'ranks disagree',
        claims: {
          check: 'no-exception',
          says: 'RuntimeError on rank 0 in backward: gradient of k, pass 2; rank 1 left waiting forever',
          ranks: [0],
          numbers: { ranksRaising: 1, worldSize: 2 },
          heads: { call: 1, counts: [1, 0] },
        },
      },
    ],
  },
  {
    id: 'rounded-away',
    title: 'A row lost to rounding',
    threads: [],
    believed: 'That a number divided and multiplied again comes out whole.',
    happens:
      'Pass 2 of the uneven path scales each rank’s heads up to all heads by a quotient in floating point. 13 / 6 × 864 is 1872 rows; it comes out a hair less, and int() cuts it to 1871.',
    shows:
      'Rank 1 of 2 raises, for its buffer is a row too small, and rank 0 waits forever. With 59 heads the head count itself comes out as 58. Found on the map, not by a report; DeepSpeed’s own file, run in PyTorch, does the same.',
    repaired: 'Not yet. Multiplying first, in whole numbers, would do.',
    broken: [
      {
        label: '13 heads, head dim 72',
        case: caseOf({
          implementation: 'deepspeed-8317',
          sp: 2,
          seq: 4,
          heads: 13,
          headDim: 72,
        }),
        verdict: 'ranks disagree',
        claims: {
          check: 'no-exception',
          says: 'RuntimeError on rank 1 in forward: pass 2 of o; rank 0 left waiting forever',
          ranks: [1],
          numbers: { ranksRaising: 1, worldSize: 2 },
          heads: { call: 0, counts: [7, 6] },
          tells: '13 / 6 × 864 is 1872, but in floating point it comes to 1871.9',
        },
      },
      {
        label: '59 heads, head dim 3',
        case: caseOf({
          implementation: 'deepspeed-8317',
          sp: 2,
          seq: 2,
          heads: 59,
          headDim: 3,
        }),
        verdict: 'raises',
        claims: {
          check: 'no-exception',
          says: 'RuntimeError on rank 1 in forward: pass 2 of o',
          ranks: [1],
          heads: { call: 0, counts: [30, 29] },
          tells: 'int() cuts to 58: a head is missing from the shape',
        },
      },
    ],
  },
];
