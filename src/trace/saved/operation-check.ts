import { at } from '../../base/assert.ts';
import { sameNumbers } from '../../base/numbers.ts';
import type { RankEvent, RankRecording } from '../../core/recording/event.ts';
import { OPERATIONS } from '../../core/tensor/operations.ts';
import { type Storage, Tensor, type TensorListener } from '../../core/tensor/tensor.ts';
import { Damage, damaged } from './damage.ts';

type Local = Extract<RankEvent, { kind: 'local' }>;

/**
 * Whether what an operation made is what it makes of what it took: it is done once more, by the
 * tensors that did it when it was recorded, on shapes and strides alone. `fresh` says of a storage
 * that nothing has been in it before.
 *
 * @throws Damage
 */
export function checkOperation(
  event: Local,
  { storages }: RankRecording,
  fresh: (storage: number) => boolean,
  place: string,
): void {
  const made = outputsOf(event, storages, place);
  const agrees =
    made.moved === event.moved &&
    made.outputs.length === event.outputs.length &&
    made.outputs.every((tensor, index) => {
      const ref = at(event.outputs, index);
      const isNew = tensor.storage.number === NEW;
      return (
        (isNew ? fresh(ref.storage) : tensor.storage.number === ref.storage) &&
        tensor.offset === ref.offset &&
        sameNumbers(tensor.shape, ref.shape) &&
        sameNumbers(tensor.strides, ref.strides)
      );
    });
  if (!agrees) damaged(place, `is not what ${textOf(event)} makes of what it takes`);
}

interface Made {
  readonly outputs: readonly Tensor[];
  readonly moved: boolean;
}

function outputsOf(event: Local, storages: RankRecording['storages'], place: string): Made {
  let heard: Made | null = null;
  const room = Math.max(0, ...event.outputs.map(({ storage }) => at(storages, storage).length));
  const listener: TensorListener = {
    allocate(size) {
      if (size > room) damaged(place, `needs room for ${size} elements; it has ${room}`);
      return NOWHERE;
    },
    copy() {},
    operation(_, __, ___, outputs, moved) {
      heard = { outputs, moved };
    },
  };
  const inputs = event.inputs.map(
    ({ storage, shape, strides, offset }) =>
      new Tensor(listener, { number: storage, ids: at(storages, storage) }, shape, strides, offset),
  );
  try {
    OPERATIONS[event.name].perform(inputs, event, listener);
  } catch (error) {
    if (error instanceof Damage) throw error;
    // Tensors say what cannot be done by throwing: as Python would, or by an assertion.
    damaged(place, `cannot be: ${textOf(event)} of what it takes`);
  }
  return heard ?? damaged(place, `cannot be: ${textOf(event)} does nothing`);
}

/** A storage that an operation would have made; its content is not asked for. */
const NEW = -1;
const NOWHERE: Storage = { number: NEW, ids: new Int32Array(0) };

/** "permute(0, 2, 1)" */
function textOf({ name, args }: Local): string {
  const shown = args.length > 8 ? [...args.slice(0, 8), '…'] : args;
  return `${name}(${shown.join(', ')})`;
}
