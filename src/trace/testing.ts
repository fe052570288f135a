import type { Capability } from '../core/contract/capability.ts';
import type { Contract } from '../core/contract/contract.ts';
import type { RankEvent, RankRecording, Recording, TensorRef } from '../core/recording/event.ts';

/**
 * For tests: a recording that nobody's program left: two ranks exchange [1, 4, 2, 1], four tokens of two heads,
 * written down event for event. There is no case, and nothing of the catalogue.
 */

const AXES = ['B', 'S', 'H', 'D'] as const;

const CONTRACT: Contract = {
  title: 'by hand',
  counts: '2 heads',
  scope: 'x only, pass 1 only',
  sp: 2,
  batch: 1,
  seq: 4,
  positions: 4,
  headDim: 1,
  calls: [{ tensor: 'x', heads: 2, times: 1, pass: 1 }],
  noun: 'layer',
  before: { axes: AXES, spread: { S: { kind: 'split', order: 'contiguous' } } },
  between: {
    axes: AXES,
    spread: {
      S: { kind: 'whole', length: 4, times: 1 },
      H: { kind: 'held', order: 'contiguous', times: 1 },
    },
  },
  headCount: null,
  decides: false,
};

const HELD: readonly Capability[] = ['elements', 'counts', 'operations'];

const ref = (storage: number, shape: readonly number[], strides: readonly number[]): TensorRef => ({
  storage,
  shape,
  strides,
  offset: 0,
});

const INPUT = ref(0, [1, 2, 2, 1], [4, 2, 1, 1]);
const TURNED = ref(0, [2, 1, 2, 1], [1, 4, 2, 1]);
const PIECES = ref(1, [2, 1, 2, 1], [2, 2, 1, 1]);
const BUFFER = ref(2, [2, 1, 2, 1], [2, 2, 1, 1]);
const RESULT = ref(2, [1, 4, 1, 1], [4, 1, 1, 1]);

const local = (
  name: Extract<RankEvent, { kind: 'local' }>['name'],
  args: readonly number[],
  inputs: readonly TensorRef[],
  output: TensorRef,
  moved: boolean,
): RankEvent => ({ kind: 'local', name, args, inputs, outputs: [output], moved });

const EVENTS: readonly RankEvent[] = [
  { kind: 'called', call: 0, input: INPUT, numKvHeads: null },
  local('permute', [2, 0, 1, 3], [INPUT], TURNED, false),
  local('contiguous', [], [TURNED], PIECES, true),
  local('empty', [2, 1, 2, 1], [], BUFFER, false),
  {
    kind: 'offered',
    collective: {
      kind: 'all_to_all_single',
      input: PIECES.shape,
      output: BUFFER.shape,
      inputSplits: null,
      outputSplits: null,
    },
    inputs: [PIECES],
    sends: [2, 2],
    expects: [2, 2],
  },
  { kind: 'received', outputs: [BUFFER] },
  local('view', [1, 4, 1, 1], [BUFFER], RESULT, false),
  { kind: 'returned', output: RESULT },
];

/** A rank's events beside what it held: its chunk, the pieces that it sent, what landed. */
function left(chunk: number[], sent: number[], landed: number[]): RankRecording {
  return { events: EVENTS, storages: [chunk, sent, landed].map((ids) => Int32Array.from(ids)) };
}

function byHand(landedOnRank1: number[]): Recording {
  return {
    contract: CONTRACT,
    origin: { kind: 'elsewhere', from: 'written by hand' },
    capabilities: HELD,
    ranks: [
      left([0, 1, 2, 3], [0, 2, 1, 3], [0, 2, 4, 6]),
      left([4, 5, 6, 7], [4, 6, 5, 7], landedOnRank1),
    ],
  };
}

export const RIGHT = byHand([1, 3, 5, 7]);
export const WRONG = byHand([5, 7, 1, 3]);
