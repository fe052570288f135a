import type { RankEvent, TensorRef } from './event.ts';
import { sourcePath } from './source.ts';
import type { LocalOperation, Storage, Tensor, TensorListener } from './tensor.ts';

/** Writes down what one rank does: its events and every storage that they speak of. */
export class Recorder implements TensorListener {
  readonly events: RankEvent[] = [];
  readonly storages: Int32Array[] = [];

  allocate(size: number): Storage {
    const storage = { number: this.storages.length, ids: new Int32Array(size) };
    this.storages.push(storage.ids);
    return storage;
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

  /** Writes an event down, with the line that made it. */
  add(event: RankEvent): void {
    const source = sourcePath();
    this.events.push(source === null ? event : Object.assign(event, { source }));
  }
}

export function refOf(tensor: Tensor): TensorRef {
  return {
    storage: tensor.storage.number,
    shape: tensor.shape,
    strides: tensor.strides,
    offset: tensor.offset,
  };
}
