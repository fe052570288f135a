import { caseOf, type Exhibit } from './exhibit.ts';

/** The function alone: LlamaFactory’s caller, unlike verl’s, asserts and repeats nothing. */
const FEW_KV_HEADS = {
  implementation: 'verl',
  program: 'layerForward',
  kvHeads: 2,
  caller: 'bypassed',
} as const;

const REPEATED_IN_PLACE = {
  label: 'repeated in place',
  changes: { kvRepeat: 'in-place' },
} as const;

/** Heads, tokens and collectives of which the ranks do not get equal shares. */
export const SHARES: readonly Exhibit[] = [
  {
    id: '10794',
    title: 'Fewer KV heads than ranks',
    threads: [{ project: 'hiyouga/LlamaFactory', number: 10794 }],
    believed: 'That there is a KV head for every rank.',
    happens:
      '2 KV heads are cut for 4 ranks: 1, 1, 0 and 0. A rank makes room for what it sends itself, whatever its peers send.',
    shows: 'The ranks disagree in pass 1 of K: rank 0 sends 0 elements to rank 2, which expects 4.',
    repaired: 'The caller repeats the KV heads first, as verl’s does.',
    broken: [
      {
        label: '2 KV heads, not repeated',
        case: caseOf(FEW_KV_HEADS),
        verdict: 'ranks disagree',
        claims: {
          check: 'splits-agree',
          says: 'forward: pass 1 of k · rank 0 sends 0 elements to rank 2, which expects 4',
          ranks: [0, 2],
          numbers: { sent: 0, expected: 4 },
        },
        repair: REPEATED_IN_PLACE,
      },
    ],
  },
  {
    id: '162',
    title: 'KV repeated on the wrong axis',
    threads: [
      { project: 'ByteDance-Seed/VeOmni', number: 162 },
      { project: 'verl-project/verl', number: 850 },
    ],
    believed: 'That KV heads are repeated once there are as many as ranks.',
    happens:
      'Tiling lays the whole set out again (0 1 0 1), where each copy belongs next to its head (0 0 1 1).',
    shows:
      'Every shape is right and nothing raises. Ranks 1 and 2 attend with a wrong partner: query head 2 beside KV head 1 instead of 0.',
    repaired: 'Repeat each head in place.',
    broken: [
      {
        label: '2 KV heads, tiled',
        case: caseOf({ ...FEW_KV_HEADS, kvRepeat: 'tile' }),
        verdict: 'silently wrong',
        claims: {
          check: 'gqa-groups',
          says: 'rank 1 has query head 2 beside KV head 1 instead of 0',
          ranks: [1],
          numbers: { queryHeads: 2, keyValueHeads: 1 },
        },
        repair: REPEATED_IN_PLACE,
      },
    ],
  },
  {
    id: '5716',
    title: 'Padding breaks the GQA ratio',
    threads: [{ project: 'vllm-project/vllm-omni', number: 5716 }],
    believed: 'That query heads and KV heads may each be padded for themselves.',
    happens: '2 ranks divide 28 query heads as they are; 7 KV heads get a head of padding.',
    shows:
      'Nothing raises in the exchange, but rank 0 has 14 query heads beside 4 KV heads, rank 1 beside 3: the groups are torn apart.',
    repaired:
      'By padding the KV heads first and the query heads after them; no code here does that yet.',
    broken: [
      {
        label: '28 heads, 7 KV heads',
        case: caseOf({
          implementation: 'diffusers-anything',
          program: 'layerForward',
          sp: 2,
          heads: 28,
          kvHeads: 7,
        }),
        verdict: 'silently wrong',
        claims: {
          check: 'gqa-groups',
          says: 'rank 0 has 14 query heads beside 4 KV heads',
          ranks: [0],
          numbers: { queryHeads: 14, keyValueHeads: 4 },
          heads: { call: 1, counts: [4, 3] },
        },
      },
    ],
  },
  {
    id: 'padding-refused',
    title: 'Padding refused',
    threads: [],
    believed: 'That with padding any number of heads fits any number of ranks.',
    happens:
      '30 heads on 16 ranks need 2 heads of padding, and each rank would hold 2: the last one nothing but padding.',
    shows:
      'All 16 ranks raise in pass 1: “Padding head num 2 should be less than new local head num 2”.',
    repaired: 'It is a limit, and told before anything is sent. Another number of ranks helps.',
    broken: [
      {
        label: '30 heads on 16 ranks',
        case: caseOf({ implementation: 'diffusers-anything', sp: 16, seq: 16, heads: 30 }),
        verdict: 'raises',
        claims: {
          check: 'no-exception',
          says: 'AssertionError on all 16 ranks in forward: pass 1 of q',
          numbers: { ranksRaising: 16, worldSize: 16 },
        },
      },
    ],
  },
  {
    id: '7842',
    title: 'Sequence not divisible',
    threads: [
      { project: 'deepspeedai/DeepSpeed', number: 7842 },
      { project: 'deepspeedai/DeepSpeed', number: 7384 },
    ],
    believed: 'That the ranks divide the sequence.',
    happens:
      '9 tokens on 2 ranks: rank 0 holds one more than rank 1. The even path takes its own length for that of every rank.',
    shows:
      'The ranks send buffers of unequal sizes: rank 0 sends 40 elements to rank 1, which expects 32. Real jobs hang or corrupt.',
    repaired: 'Open. Pad the sequence until the ranks divide it.',
    broken: [
      {
        label: '9 tokens on 2 ranks',
        case: caseOf({ implementation: 'deepspeed-5823', sp: 2, seq: 9 }),
        verdict: 'ranks disagree',
        claims: {
          check: 'splits-agree',
          says: 'rank 0 sends 40 elements to rank 1, which expects 32',
          ranks: [0, 1],
          numbers: { sent: 40, expected: 32 },
        },
      },
    ],
  },
  {
    id: '24694',
    title: 'A collective that only some ranks call',
    threads: [{ project: 'sgl-project/sglang', number: 24694 }],
    believed: 'That a rank may call one more collective when only it needs one.',
    happens:
      'Only the rank with padding gathers a mask: here rank 3 calls all_gather where the others call the all-to-all.',
    shows:
      'Nothing raises. Rank 0 waits for rank 3, rank 3 waits for rank 0, until a watchdog ends the job.',
    repaired: 'Every rank calls the same collectives, in the same order.',
    broken: [
      {
        label: 'rank 3 calls another',
        case: caseOf({
          implementation: 'verl',
          fault: { kind: 'other-collective', rank: 3, call: 0 },
        }),
        verdict: 'ranks disagree',
        claims: {
          check: 'same-collectives',
          says: 'a cycle: rank 0 in all_to_all waits for rank 3 in all_gather waits for rank 0',
          ranks: [0, 3],
        },
        repair: { label: 'all ranks call the same', changes: { fault: undefined } },
      },
    ],
  },
];
