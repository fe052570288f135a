import { describe, expect, it } from 'vitest';
import type { Recording } from '../../recording/event.ts';
import { runWith } from '../../world/testing.ts';
import type { CheckId, Evidence, Verdict } from '../finding.ts';
import { judge } from './index.ts';

/** What is seen: a check that fails, and what its first fact (or another) says. */
type Seen = readonly [check: CheckId, fact: Partial<Evidence>, which?: number];
type Row = readonly [
  title: string,
  patch: Parameters<typeof runWith>[0],
  verdict: Verdict,
  ...seen: Seen[],
];

const has = (part: object) => expect.objectContaining(part);
const says = (text: string) => expect.stringContaining(text);

/** The case of #5664: S = 8, H = 4, P = 2. */
const small = { seq: 8, heads: 4, sp: 2 } as const;
const place = (b: number, s: number, h: number) => ({ b, s, h, d: 0 });

/** Every row of the museum of public bugs, with the numbers that are seen. */
const MUSEUM: readonly Row[] = [
  [
    '#6774, 8 heads',
    { implementation: 'deepspeed-6392', heads: 8 },
    'raises',
    ['same-branch', { numbers: { numHeadsInPass1: 8, numHeadsInPass2: 2, seqWorldSize: 4 } }],
    ['no-exception', { numbers: { ranksRaising: 4, worldSize: 4 }, ranks: [0, 1, 2, 3] }],
  ],
  [
    '#6774, 20 heads',
    { implementation: 'deepspeed-6392', heads: 20 },
    'ranks disagree',
    ['same-branch', { numbers: { numHeadsInPass1: 20, numHeadsInPass2: 5, seqWorldSize: 4 } }],
    ['splits-agree', { call: 1, ranks: [0, 1], numbers: { sent: 20, expected: 40 } }],
  ],
  ['#6774 as suggested', { implementation: 'deepspeed-6774-suggestion', heads: 8 }, 'fine'],
  ['#6774 as suggested, 20', { implementation: 'deepspeed-6774-suggestion', heads: 20 }, 'fine'],
  ['#6774 repaired', { implementation: 'deepspeed-6797', heads: 8 }, 'fine'],
  ['#6774 repaired, 20 heads', { implementation: 'deepspeed-6797', heads: 20 }, 'fine'],

  // #5664: each "fix" breaks another layout; only #5823 gets all.
  ['#4695, B = 1', { ...small, implementation: 'deepspeed-4695' }, 'fine'],
  ['#4695, B = 1, S first', { ...small, implementation: 'deepspeed-4695', batchDimIdx: 1 }, 'fine'],
  [
    '#4695, B = 2',
    { ...small, implementation: 'deepspeed-4695', batch: 2 },
    'raises',
    ['pass1-truth', { numbers: has({ wrongElements: 64, elements: 128 }) }],
    [
      'no-exception',
      { text: "RuntimeError: shape '[2, 4, 2, 2]' is invalid for input of size 64" },
    ],
  ],
  [
    '#4695, B = 2, S first: corrupted QKV',
    { ...small, implementation: 'deepspeed-4695', batch: 2, batchDimIdx: 1 },
    'silently wrong',
    [
      'round-trip',
      {
        numbers: { wrongElements: 64, elements: 128 },
        element: { rank: 0, place: 4, found: place(1, 0, 0), expected: place(0, 0, 2) },
      },
    ],
  ],
  [
    '#5664, B = 1: breaks batch first',
    { ...small, implementation: 'deepspeed-5664' },
    'silently wrong',
    [
      'round-trip',
      {
        numbers: { wrongElements: 56, elements: 64 },
        element: { rank: 0, place: 2, found: place(0, 0, 2), expected: place(0, 0, 1) },
      },
    ],
  ],
  ['#5664, B = 1, S first', { ...small, implementation: 'deepspeed-5664', batchDimIdx: 1 }, 'fine'],
  [
    '#5664, B = 2, S first',
    { ...small, implementation: 'deepspeed-5664', batch: 2, batchDimIdx: 1 },
    'silently wrong',
    ['round-trip', { numbers: { wrongElements: 96, elements: 128 } }],
  ],
  ['#5823, B = 1', { ...small, implementation: 'deepspeed-5823' }, 'fine'],
  ['#5823, B = 1, S first', { ...small, implementation: 'deepspeed-5823', batchDimIdx: 1 }, 'fine'],
  ['#5823, B = 2', { ...small, implementation: 'deepspeed-5823', batch: 2 }, 'fine'],
  [
    '#5823, B = 2, S first',
    { ...small, implementation: 'deepspeed-5823', batch: 2, batchDimIdx: 1 },
    'fine',
  ],
  [
    '#5808: pass 1 merges batch and sequence, before pass 2 raises',
    { ...small, implementation: 'deepspeed-5664', batch: 2 },
    'raises',
    [
      'pass1-truth',
      {
        text: says('holds (b 1, s 0, h 0, d 0) where (b 0, s 4, h 0, d 0) belongs'),
        numbers: has({ wrongElements: 64, elements: 128, ranksWrong: 2 }),
        element: { rank: 0, place: 16, found: place(1, 0, 0), expected: place(0, 4, 0) },
      },
    ],
    ['attention-equal', { numbers: has({ largestDifference: expect.closeTo(1.614, 3) }) }],
  ],
  [
    '#5366, [2, 1024, 8, 16] on 8 ranks',
    { implementation: 'deepspeed-4695', sp: 8, heads: 8, batch: 2, seq: 1024, headDim: 16 },
    'raises',
    [
      'no-exception',
      {
        text: "RuntimeError: shape '[8, 128, 1, 16]' is invalid for input of size 32768",
        numbers: { ranksRaising: 8, worldSize: 8 },
      },
    ],
  ],
  [
    '#8317, 16 heads: right order, wrong shape',
    { implementation: 'deepspeed-6750', heads: 16, batchDimIdx: 1 },
    'wrong shape',
    [
      'shape-and-order',
      {
        text: 'rank 0 returned [1, 32, 1, 2], expected [2, 1, 16, 2]',
        numbers: { ranksWrong: 4, worldSize: 4 },
      },
    ],
  ],
  [
    '#8317, 8 heads',
    { implementation: 'deepspeed-6750', heads: 8, batchDimIdx: 1 },
    'raises',
    [
      'no-exception',
      { text: "RuntimeError: shape '[1, 32, 0, 2]' is invalid for input of size 32" },
    ],
  ],
  ['#8317 repaired', { implementation: 'deepspeed-8317', heads: 16, batchDimIdx: 1 }, 'fine'],
  ['#8317 repaired, 8', { implementation: 'deepspeed-8317', heads: 8, batchDimIdx: 1 }, 'fine'],
  [
    '#8291, a head count of 3 left behind: [4, 4, 4, 0]',
    { implementation: 'deepspeed-6797', heads: 12, numKvHeadsBefore: 3 },
    'ranks disagree',
    [
      'heads-balanced',
      {
        text: '4 · 4 · 4 · 0, rank 3 without a head',
        ranks: [3],
        numbers: { fewest: 0, most: 4 },
      },
    ],
    ['state-clean', { numbers: { numKvHeads: 3, heads: 12 } }],
    ['no-exception', { text: says('ZeroDivisionError'), ranks: [3] }],
    ['same-collectives', { ranks: [0, 3], numbers: has({ ranksMissed: 1 }) }],
  ],
  [
    '#8291, 7 heads, then 12',
    { implementation: 'deepspeed-6797', heads: 7, kvHeads: 12, program: 'twoModels' },
    'ranks disagree',
    ['splits-agree', { call: 3, ranks: [0, 3], numbers: { sent: 12, expected: 24 } }],
    ['state-clean', { numbers: { numKvHeads: 7, heads: 12 } }],
  ],
  [
    '#8291, 7 heads, then 14',
    { implementation: 'deepspeed-6797', heads: 7, kvHeads: 14, program: 'twoModels' },
    'unbalanced',
    ['heads-balanced', { text: '4 · 4 · 4 · 2, uneven', numbers: { fewest: 2, most: 4 } }],
    ['state-clean', { numbers: { numKvHeads: 7, heads: 14 } }],
  ],
  [
    '#8316, 7 heads, then 14',
    { implementation: 'deepspeed-8316', heads: 7, kvHeads: 14, program: 'twoModels' },
    'fine',
  ],
  [
    '#8316, 7 heads, then 12',
    { implementation: 'deepspeed-8316', heads: 7, kvHeads: 12, program: 'twoModels' },
    'fine',
  ],
  [
    'K/V decide for Q',
    { implementation: 'deepspeed-6797', heads: 28, kvHeads: 6, program: 'layerForward' },
    'ranks disagree',
    ['same-branch', { call: 3, numbers: has({ numHeadsInPass1: 28, numHeadsInPass2: 7 }) }],
    ['splits-agree', { call: 3, ranks: [0, 2], numbers: { sent: 28, expected: 56 } }],
    ['state-clean', { call: 3, numbers: { numKvHeads: 6, heads: 28 } }],
  ],
  [
    'LlamaFactory #10794, fewer KV heads than ranks',
    {
      implementation: 'verl',
      heads: 8,
      kvHeads: 2,
      program: 'layerForward',
      caller: 'bypassed',
    },
    'ranks disagree',
    ['splits-agree', { call: 1, ranks: [0, 2], numbers: { sent: 0, expected: 4 } }],
  ],
  [
    'LlamaFactory #10794, repeated in place',
    { implementation: 'verl', heads: 8, kvHeads: 2, program: 'layerForward', kvRepeat: 'in-place' },
    'fine',
  ],
  [
    'a rank without a KV head',
    {
      implementation: 'deepspeed-6797',
      sp: 2,
      heads: 9,
      kvHeads: 1,
      program: 'layerForwardBackward',
      caller: 'bypassed',
    },
    'ranks disagree',
    ['no-exception', { call: 6, ranks: [0], text: says('Split sizes doesn') }],
    ['same-collectives', { call: 6, ranks: [1, 0], operation: { rank: 1, event: 102 } }],
    ['heads-balanced', { text: '1 · 0, rank 1 without a head' }],
  ],
  [
    '#7842, sequence not divisible',
    { implementation: 'deepspeed-5823', sp: 2, seq: 9 },
    'ranks disagree',
    ['splits-agree', { call: 0, ranks: [0, 1], numbers: { sent: 40, expected: 32 } }],
  ],
  [
    'vllm-omni #5716, rank 0',
    { implementation: 'diffusers-anything', sp: 2, heads: 28, kvHeads: 7, program: 'layerForward' },
    'silently wrong',
    ['gqa-groups', { ranks: [0], numbers: { queryHeads: 14, keyValueHeads: 4 } }],
    ['gqa-groups', { ranks: [1], numbers: { queryHeads: 14, keyValueHeads: 3 } }, 1],
  ],
  [
    'padding refused',
    { implementation: 'diffusers-anything', sp: 16, seq: 16, heads: 30 },
    'raises',
    [
      'no-exception',
      {
        text: 'AssertionError: Padding head num 2 should be less than new local head num 2',
        numbers: { ranksRaising: 16, worldSize: 16 },
      },
    ],
  ],
  [
    '#406, gather_idx 0: 4695 mixes the elements',
    { ...small, implementation: 'deepspeed-4695', gatherIdx: 0 },
    'silently wrong',
    ['pass1-truth', { text: 'rank 0 returned [2, 4, 2, 2], expected [1, 8, 2, 2]' }],
    ['round-trip', { numbers: { wrongElements: 48, elements: 64 } }],
  ],
  [
    '#406, gather_idx 0: 5664 comes home around a wrong pass 1',
    { ...small, implementation: 'deepspeed-5664', gatherIdx: 0 },
    'silently wrong',
    ['pass1-truth', { text: 'rank 0 returned [2, 4, 2, 2], expected [1, 8, 2, 2]' }],
    ['attention-equal', { numbers: has({ largestDifference: expect.closeTo(1.205, 3) }) }],
  ],
  [
    'VeOmni #162, KV repeated on the wrong axis',
    { implementation: 'verl', heads: 8, kvHeads: 2, program: 'layerForward', kvRepeat: 'tile' },
    'silently wrong',
    ['gqa-groups', { text: 'rank 1 has query head 2 beside KV head 1 instead of 0', ranks: [1] }],
    ['attention-equal', { numbers: has({ largestDifference: expect.closeTo(0.913, 3) }) }],
  ],
  [
    '#8342, overlap gradients not permuted',
    { implementation: 'deepspeed-8342', heads: 8, program: 'layerForwardBackward' },
    'silently wrong',
    ['round-trip', { call: 5, numbers: { wrongElements: 96, elements: 128 } }],
    ['round-trip', { call: 6, numbers: { wrongElements: 96, elements: 128 } }, 1],
  ],
  [
    '#8342 repaired: the permuted gradients are the even path’s',
    { implementation: 'deepspeed-5823', heads: 8, program: 'layerForwardBackward' },
    'fine',
  ],
  [
    'sglang #24694, a collective that only some ranks call',
    { implementation: 'verl', fault: { kind: 'other-collective', rank: 3, call: 0 } },
    'ranks disagree',
    ['same-collectives', { text: says('rank 0 waits for rank 3 in all_to_all'), ranks: [0, 3] }],
    ['same-collectives', { text: says('rank 3 waits for ranks 0, 1 and 2 in all_gather') }, 3],
  ],
];

function finding(recording: Recording, check: CheckId) {
  const found = judge(recording).findings.find((one) => one.check === check);
  if (found === undefined) throw new Error(`no check ${check}`);
  return found;
}

describe('the museum', () => {
  for (const [title, patch, verdict, ...seen] of MUSEUM) {
    it(title, () => {
      const recording = runWith(patch);
      expect(judge(recording).verdict).toBe(verdict);
      for (const [check, fact, which = 0] of seen) {
        const { status, evidence } = finding(recording, check);
        expect([check, status]).toEqual([check, 'fail']);
        expect(evidence[which]).toMatchObject(fact);
      }
    });
  }

  it('#5808: where nothing but pass 1 is called, nobody is told', () => {
    const recording = runWith({ ...small, implementation: 'deepspeed-5664', batch: 2 }, 1);
    expect(judge(recording).verdict).toBe('silently wrong');
    expect(finding(recording, 'no-exception').status).toBe('pass');
  });

  it('LlamaFactory #10794: two KV heads on four ranks go out as [1, 1, 0, 0]', () => {
    const { ranks } = runWith({
      implementation: 'verl',
      heads: 8,
      kvHeads: 2,
      program: 'layerForward',
      caller: 'bypassed',
    });
    const perHead = 2 * 2;
    for (const { events } of ranks) {
      const [, ofKeys] = events.filter((event) => event.kind === 'offered');
      expect(ofKeys?.sends.map((elements) => elements / perHead)).toEqual([1, 1, 0, 0]);
    }
  });

  it('VeOmni #162: every shape is right', () => {
    const recording = runWith({
      implementation: 'verl',
      heads: 8,
      kvHeads: 2,
      program: 'layerForward',
      kvRepeat: 'tile',
    });
    expect(finding(recording, 'shape-and-order').summary).toMatch(/order wrong, shape right/);
  });

  it('#406: 5664’s round trip is exact', () => {
    const recording = runWith({ ...small, implementation: 'deepspeed-5664', gatherIdx: 0 });
    expect(finding(recording, 'round-trip').status).toBe('pass');
  });

  it('sglang #24694: named as a deadlock by order', () => {
    const recording = runWith({
      implementation: 'verl',
      fault: { kind: 'other-collective', rank: 3, call: 0 },
    });
    expect(finding(recording, 'same-collectives').summary).toMatch(
      /deadlock by order, a cycle: rank 0 in all_to_all waits for rank 3 in all_gather waits for rank 0/,
    );
  });
});
