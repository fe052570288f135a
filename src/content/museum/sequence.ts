import { caseOf, type Exhibit } from './exhibit.ts';

/** Codes that are right, and are given the sequence otherwise than they expect it. */
export const SEQUENCES: readonly Exhibit[] = [
  {
    id: '10071',
    title: 'A zigzag undone that was never done',
    threads: [
      { project: 'modelscope/ms-swift', number: 10071 },
      { project: 'THUDM/slime', number: 1871 },
    ],
    believed: 'That the ranks hold balanced half-chunks, as for a causal mask.',
    happens:
      'The sequence was dealt in contiguous chunks. The code puts half-chunks in order that already were: 8 tokens on 2 ranks become 0, 1, 4, 5, 6, 7, 2, 3.',
    shows:
      'Nothing raises and every shape is right. Masks, positions and log-probabilities belong to other tokens.',
    repaired: 'Whoever deals the sequence says how, and whoever puts it in order asks.',
    broken: [
      {
        label: '8 tokens on 2 ranks',
        case: caseOf({
          implementation: 'transformer-engine-bshd',
          sp: 2,
          seq: 8,
          heads: 4,
          sequenceOrder: 'contiguous',
        }),
        verdict: 'silently wrong',
        claims: {
          check: 'pass1-truth',
          says: 'rank 0 holds (b 0, s 4, h 0, d 0) where (b 0, s 2, h 0, d 0) belongs',
          ranks: [0, 1],
          tells: 'the tokens stand in the order 0, 1, 4, 5, 6, 7, 2, 3',
        },
        repair: { label: 'dealt as a zigzag', changes: { sequenceOrder: undefined } },
      },
    ],
  },
  {
    id: '471',
    title: 'torch.chunk leaves the last rank less',
    threads: [
      { project: 'xdit-project/xDiT', number: 471 },
      { project: 'deepspeedai/DeepSpeed', number: 5177 },
    ],
    believed: 'That chunks of a sequence are equally long.',
    happens:
      'torch.chunk makes all chunks as long as the longest while tokens last. The last of 4 ranks gets what is left of 18 tokens, and the others take its chunk to be as long as theirs.',
    shows:
      'Rank 0 sends 20 elements to rank 3, which expects 12. Where nobody compares the sizes, more tokens come back than were sent.',
    repaired: 'Pad the sequence until the ranks divide it, and cut the padding off again.',
    broken: [
      {
        label: '18 tokens on 4 ranks',
        case: caseOf({ implementation: 'diffusers-unified', seq: 18, sequenceSplit: 'chunk' }),
        verdict: 'ranks disagree',
        claims: {
          check: 'splits-agree',
          says: 'rank 0 sends 20 elements to rank 3, which expects 12',
          ranks: [0, 3],
          numbers: { sent: 20, expected: 12 },
        },
        repair: { label: 'padded to 20 tokens', changes: { sequenceSplit: 'pad' } },
      },
    ],
  },
];
