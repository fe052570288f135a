import { floorDiv, repeated } from '../../../base/numbers.ts';
import type {
  Guard,
  Implementation,
  Program,
  RankContext,
} from '../../published/implementation.ts';
import { pyMod } from '../../python/python-error.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { four } from './steps/even-heads.ts';

const PADDING_FITS: Guard = {
  id: 'padding-fits',
  condition: 'H_PAD < NEW_H_LOCAL',
  about: 'Where heads are padded, the last rank keeps at least one that is no padding.',
  names: [
    { name: 'H', meaning: 'The heads of the whole tensor, without padding.' },
    { name: 'world_size', meaning: 'P, the number of ranks: the same as seq_world_size.' },
    { name: 'H_PAD', meaning: 'The heads of zeros that make H a multiple of world_size.' },
    {
      name: 'NEW_H_LOCAL',
      meaning: 'The heads of each rank between the passes, padding included.',
    },
  ],
};

/**
 * diffusers `attention_dispatch.py`, "ulysses anything", batch first. Any sequence lengths, any head
 * counts: the last rank pads p = (-H) mod P heads with zeros (n = (H+p)/P, s = this rank's chunk,
 * everyone's chunks are gathered first).
 *
 *   pass 1  [B,s,H+p,D] → [B,s,P,n,D] → permute(2,1,0,3,4) → [P·s,B,n,D] ⇢ [S,B,n,D] → [B,S,n,D],
 *           the last rank drops p heads
 *   pass 2  the last rank pads p heads → [S,B,n,D] ⇢ [P,s,B,n,D] → [B,s,P,n,D] → drop p heads
 *
 * @throws PythonError AssertionError unless fewer heads are padded than a rank gets
 */
function reshard(rank: RankContext, input: Tensor): Program {
  return rank.pass === 1 ? scatterHeads(rank, input) : gatherHeads(rank, input);
}

function* scatterHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P } = rank;
  const padding = paddingOf(rank, headsOf(input));
  const padded = padding > 0 ? input.padEnd(2, padding) : input;
  const [B, s, H, D] = four(padded);
  const n = floorDiv(H, P);
  const chunks = yield* everyones(rank, s);
  const pieces = padded
    .reshape([B, s, P, n, D])
    .permute([2, 1, 0, 3, 4])
    .contiguous()
    .view([P * s, B, n, D]);
  const received = yield* exchangeChunks(rank, pieces, repeated(s, P), chunks);
  const gathered = received.permute([1, 0, 2, 3]).contiguous();
  const dropped = onLastRank(rank, padding);
  return dropped > 0 ? withoutLast(gathered, dropped) : gathered;
}

function* gatherHeads(rank: RankContext, input: Tensor): Program {
  const { worldSize: P, queryHeads, localSequence: s } = rank;
  const padding = paddingOf(rank, queryHeads);
  const missing = onLastRank(rank, padding);
  const padded = missing > 0 ? input.padEnd(2, missing) : input;
  const [B, , n, D] = four(padded);
  const chunks = yield* everyones(rank, s);
  const pieces = padded.permute([1, 0, 2, 3]).contiguous();
  const received = yield* exchangeChunks(rank, pieces, chunks, repeated(s, P));
  const whole = received
    .reshape([P, s, B, n, D])
    .permute([2, 1, 0, 3, 4])
    .contiguous()
    .reshape([B, s, P * n, D]);
  return padding > 0 ? withoutLast(whole, padding) : whole;
}

/** Python's `[:, :, :-count, :]`: no head is left where there are too few. */
function withoutLast(tensor: Tensor, count: number): Tensor {
  return tensor.narrow(2, 0, Math.max(0, headsOf(tensor) - count)).contiguous();
}

function headsOf(tensor: Tensor): number {
  return four(tensor)[2];
}

/** The heads that are missing to a multiple of P. */
function paddingOf(rank: RankContext, heads: number): number {
  const { worldSize: P } = rank;
  const padding = pyMod(-heads, P);
  if (padding === 0) return 0;
  const n = floorDiv(heads + padding, P);
  rank.guard(
    PADDING_FITS,
    heads,
    `Padding head num ${padding} should be less than new local head num ${n}`,
    { H: heads, world_size: P, H_PAD: padding, NEW_H_LOCAL: n },
  );
  return padding;
}

/** A number that is the last rank's; 0 on all others. */
function onLastRank(rank: RankContext, value: number): number {
  return rank.own([...repeated(0, rank.worldSize - 1), value]);
}

/** Everyone's chunk length, in rank order. */
function* everyones(
  rank: RankContext,
  value: number,
): Generator<CollectiveStep, number[], undefined> {
  const gathered = repeated(0, rank.worldSize);
  yield { kind: 'all_gather', value, gathered };
  return gathered;
}

type CollectiveStep = Program extends Generator<infer Step, unknown, unknown> ? Step : never;

function* exchangeChunks(
  rank: RankContext,
  input: Tensor,
  inputSplits: readonly number[],
  outputSplits: readonly number[],
): Program {
  const rows = outputSplits.reduce((total, split) => total + split, 0);
  const output = Tensor.empty(rank.listener, [rows, ...input.shape.slice(1)]);
  yield { kind: 'all_to_all_single', input, output, inputSplits, outputSplits };
  return output;
}

export const implementation: Implementation = {
  id: 'diffusers-anything',
  title: 'diffusers, “anything”',
  about: 'Ulysses anything: any sequence lengths, heads padded with zeros on the last rank.',
  source: 'diffusers attention_dispatch.py',
  publication: {
    project: 'diffusers',
    status: 'released',
    releases: { first: '0.37.0', last: '0.40.0' },
    pullRequest: 12996,
    file: 'src/diffusers/models/attention_dispatch.py',
    commit: 'd791c5c024014784df4a8dac2601e19fb4d300fc',
    variant: 'anything',
  },
  layouts: [0],
  order: 'contiguous',
  condition: null,
  guards: [PADDING_FITS],
  remembersHeads: false,
  reshard,
};
