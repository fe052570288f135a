import { at } from '../base/assert.ts';
import type { RankRecording, TensorRef } from './event.ts';
import { Tensor, type TensorListener } from './tensor.ts';

/** The element ids of a recorded tensor in row-major order. */
export function elementsOf(rank: RankRecording, ref: TensorRef): Int32Array {
  const storage = { number: ref.storage, ids: at(rank.storages, ref.storage) };
  return new Tensor(SILENT, storage, ref.shape, ref.strides, ref.offset).elements();
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
