import { at } from '../../base/assert.ts';
import { sameNumbers } from '../../base/numbers.ts';
import type { RankEvent, RankRecording, TensorRef } from '../../engine/event.ts';
import { type Storage, Tensor, type TensorListener } from '../../engine/tensor.ts';
import { tiledDim } from '../local-map.ts';
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
    perform(event, inputs, listener);
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

/** Does the operation by its recorded arguments. Counts are asked before lists of that length are made. */
function perform(
  { name, args, inputs, outputs }: Local,
  tensors: readonly Tensor[],
  listener: TensorListener,
): void {
  if (name === 'empty') {
    Tensor.empty(listener, args);
    return;
  }
  if (name === 'cat') {
    Tensor.cat(tensors, dimOf(args, 0, inputs));
    return;
  }
  const tensor = at(tensors, 0);
  requireFit(tensors.length === 1);
  switch (name) {
    case 'view':
      tensor.view(args);
      return;
    case 'reshape':
      tensor.reshape(args);
      return;
    case 'permute':
      tensor.permute(args);
      return;
    case 'transpose':
      tensor.transpose(dimOf(args, 0, inputs), dimOf(args, 1, inputs));
      return;
    case 'contiguous':
      tensor.contiguous();
      return;
    case 'narrow':
      tensor.narrow(dimOf(args, 0, inputs), at(args, 1), at(args, 2));
      return;
    case 'split':
      tensor.split(args.slice(0, -1), dimOf(args, args.length - 1, inputs));
      return;
    case 'tensor_split':
      requireFit(args[0] === outputs.length);
      tensor.tensorSplit(at(args, 0), dimOf(args, 1, inputs));
      return;
    case 'index_select':
      tensor.indexSelect(dimOf(args, 0, inputs), args.slice(1));
      return;
    case 'repeat_interleave': {
      const dim = dimOf(args, 1, inputs);
      requireFit(at(args, 0) * at(tensor.shape, dim) === outputs[0]?.shape[dim]);
      tensor.repeatInterleave(dim, at(args, 0));
      return;
    }
    case 'repeat': {
      const dim = tiledDim(args);
      requireFit(args.length === tensor.shape.length);
      requireFit(at(args, dim) * at(tensor.shape, dim) === outputs[0]?.shape[dim]);
      requireFit(args.every((factor, other) => other === dim || factor === 1));
      tensor.tile(dim, at(args, dim));
      return;
    }
    case 'pad':
      tensor.padEnd(dimOf(args, 0, inputs), at(args, 1));
      return;
  }
}

/** An argument that names a dimension of what is taken. */
function dimOf(args: readonly number[], index: number, inputs: readonly TensorRef[]): number {
  const dim = at(args, index);
  requireFit(inputs.length > 0 && inputs.every(({ shape }) => dim >= 0 && dim < shape.length));
  return dim;
}

/** Throws, to be caught above, where the arguments of an operation do not fit what it takes. */
function requireFit(fits: boolean): void {
  if (!fits) throw new Error('unfit arguments');
}

/** "permute(0, 2, 1)" */
function textOf({ name, args }: Local): string {
  const shown = args.length > 8 ? [...args.slice(0, 8), '…'] : args;
  return `${name}(${shown.join(', ')})`;
}
