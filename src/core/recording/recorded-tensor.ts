import { at } from '../../base/assert.ts';
import { Tensor, type TensorListener } from '../tensor/tensor.ts';
import type { RankRecording, TensorRef } from './event.ts';

/** The element ids of a recorded tensor in row-major order. */
export function elementsOf(rank: RankRecording, ref: TensorRef): Int32Array {
  if (rank.read !== undefined) return rank.read(ref);
  const storage = { number: ref.storage, ids: at(rank.storages, ref.storage) };
  return new Tensor(SILENT, storage, ref.shape, ref.strides, ref.offset).elements();
}

/** The element id at one row-major place of a recorded tensor. */
export function elementAt(rank: RankRecording, ref: TensorRef, place: number): number {
  let left = place;
  let position = ref.offset;
  for (let dim = ref.shape.length - 1; dim >= 0; dim--) {
    const size = at(ref.shape, dim);
    position += (left % size) * at(ref.strides, dim);
    left = Math.floor(left / size);
  }
  return at(at(rank.storages, ref.storage), position);
}

/** Reading a recording is no operation of a rank. */
const SILENT: TensorListener = {
  allocate() {
    throw new Error('invariant broken: reading a recording allocates nothing');
  },
  copy() {
    throw new Error('invariant broken: reading a recording copies nothing');
  },
  operation() {},
};
