import type { Shard } from '../contract/shard.ts';
import {
  copyElements,
  type LocalOperation,
  type Storage,
  Tensor,
  type TensorListener,
} from '../tensor/tensor.ts';
import type { Rank, RankEvent, TensorRef } from './event.ts';
import { sourcePath } from './source.ts';

/** Writes down what one rank does: its events and every storage that they speak of. */
export class Recorder implements TensorListener {
  readonly events: RankEvent[] = [];
  readonly storages: Int32Array[] = [];

  allocate(size: number): Storage {
    const storage = { number: this.storages.length, ids: this.zeros(size) };
    this.storages.push(storage.ids);
    return storage;
  }

  /** Memory that nobody wrote, for a storage. */
  protected zeros(size: number): Int32Array {
    return new Int32Array(size);
  }

  copy(source: Tensor, target: Tensor): void {
    copyElements(source, target.storage.ids, target.strides, target.offset);
  }

  operation(
    name: LocalOperation,
    args: readonly number[],
    inputs: readonly Tensor[],
    outputs: readonly Tensor[],
    moved: boolean,
  ): void {
    this.add({
      kind: 'local',
      name,
      args,
      inputs: inputs.map(refOf),
      outputs: outputs.map(refOf),
      moved,
    });
  }

  /** A tensor that `rank` is given: what `shardOf` says of it. */
  take(rank: Rank, shardOf: (rank: Rank) => Shard): Tensor {
    const { shape, ids } = shardOf(rank);
    const tensor = Tensor.allocate(this, shape);
    tensor.storage.ids.set(ids);
    return tensor;
  }

  /** Hears that a rank was asked for its entry of a list with one an entry a rank. */
  asked(_list: readonly unknown[]): void {}

  /** Writes an event down, with the line that made it. */
  add(event: RankEvent): void {
    const source = sourcePath();
    this.events.push(source === null ? event : Object.assign(event, { source }));
  }
}

/** A tensor as events speak of it: its window on a storage of this rank, by number. */
export function refOf(tensor: Tensor): TensorRef {
  return {
    storage: tensor.storage.number,
    shape: tensor.shape,
    strides: tensor.strides,
    offset: tensor.offset,
  };
}
