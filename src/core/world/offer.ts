import { assert, at } from '../../base/assert.ts';
import { product, repeated, sum } from '../../base/numbers.ts';
import type { Collective } from '../published/implementation.ts';
import { PythonError } from '../python/python-error.ts';
import type { CollectiveInfo } from '../recording/event.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Element counts that a rank sends to and expects from each peer. */
export interface Counts {
  readonly sends: readonly number[];
  readonly expects: readonly number[];
}

/** A collective as it is recorded. */
export function describeCollective(collective: Collective): CollectiveInfo {
  switch (collective.kind) {
    case 'all_to_all_single':
      return {
        kind: collective.kind,
        input: collective.input.shape,
        output: collective.output.shape,
        inputSplits: collective.inputSplits,
        outputSplits: collective.outputSplits,
      };
    case 'all_to_all':
      return {
        kind: collective.kind,
        inputs: collective.inputs.map((tensor) => tensor.shape),
        outputs: collective.outputs.map((tensor) => tensor.shape),
      };
    case 'all_gather':
      return { kind: collective.kind, value: collective.value };
  }
}

/**
 * What goes to and comes from each of `worldSize` peers, in elements.
 * @throws PythonError RuntimeError where the splits do not add up to dim 0, with the text of
 * PyTorch's `checkSplitSizes`: this rank then raises inside the collective.
 */
export function countsOf(collective: Collective, worldSize: number): Counts {
  switch (collective.kind) {
    case 'all_to_all_single':
      return {
        sends: rowCounts(collective.input.shape, collective.inputSplits, worldSize),
        expects: rowCounts(collective.output.shape, collective.outputSplits, worldSize),
      };
    case 'all_to_all':
      return {
        sends: collective.inputs.map((tensor) => tensor.size),
        expects: collective.outputs.map((tensor) => tensor.size),
      };
    case 'all_gather':
      return { sends: repeated(1, worldSize), expects: repeated(1, worldSize) };
  }
}

function rowCounts(shape: Shape, splits: readonly number[] | null, worldSize: number): number[] {
  const rows = at(shape, 0);
  const rowSize = product(shape.slice(1));
  if (splits === null) {
    if (rows % worldSize !== 0) {
      throw new PythonError(
        'RuntimeError',
        "Tensor's dim 0 does not divide equally across group size",
      );
    }
    return repeated((rows / worldSize) * rowSize, worldSize);
  }
  if (sum(splits) !== rows) {
    throw new PythonError('RuntimeError', "Split sizes doesn't match total dim 0 size");
  }
  return splits.map((split) => split * rowSize);
}

/** The elements for each peer: windows on the inputs, to be read before the rank goes on. */
export function cutPieces(collective: Collective, { sends }: Counts): Int32Array[] {
  if (collective.kind === 'all_to_all') {
    return collective.inputs.map((tensor) => tensor.elements());
  }
  if (collective.kind === 'all_gather') return sends.map(() => Int32Array.of(collective.value));
  const elements = contiguousElements(collective.input);
  let start = 0;
  return sends.map((count) => {
    const piece = elements.subarray(start, start + count);
    start += count;
    return piece;
  });
}

/** Writes what came from each peer into the outputs. */
export function landPieces(collective: Collective, pieces: readonly Int32Array[]): void {
  if (collective.kind === 'all_to_all') {
    collective.outputs.forEach((tensor, peer) => {
      contiguousElements(tensor).set(at(pieces, peer));
    });
    return;
  }
  if (collective.kind === 'all_gather') {
    pieces.forEach((piece, peer) => {
      collective.gathered[peer] = at(piece, 0);
    });
    return;
  }
  const elements = contiguousElements(collective.output);
  let start = 0;
  for (const piece of pieces) {
    elements.set(piece, start);
    start += piece.length;
  }
}

/** The tensors that a collective reads, and those that it fills. */
export function sides(collective: Collective): {
  inputs: readonly Tensor[];
  outputs: readonly Tensor[];
} {
  switch (collective.kind) {
    case 'all_to_all_single':
      return { inputs: [collective.input], outputs: [collective.output] };
    case 'all_to_all':
      return collective;
    case 'all_gather':
      return { inputs: [], outputs: [] };
  }
}

function contiguousElements(tensor: Tensor): Int32Array {
  assert(tensor.contiguousInStorage, 'a collective takes contiguous tensors');
  return tensor.elements();
}
