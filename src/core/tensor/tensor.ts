import { assert, at } from '../../base/assert.ts';
import { product, range, repeated, sum } from '../../base/numbers.ts';
import { PythonError } from '../python/python-error.ts';
import { inferShape, isContiguous, rowMajorStrides, type Shape, viewStrides } from './shape.ts';

/**
 * A strided tensor whose elements are element ids: the row-major index of an element in the global
 * tensor it came from. It knows PyTorch's rules for what is a view and what moves memory, and tells
 * its rank's listener of every operation.
 *
 *   storage  [ 0 1 2 3 4 5 6 7 ]      shape [2, 4]  strides [4, 1]
 *   permute  the same storage         shape [4, 2]  strides [1, 4]   nothing moves
 *   contiguous  a new storage [ 0 4 1 5 2 6 3 7 ]    strides [2, 1]   everything moves
 */
export interface Storage {
  /** Counts up within a rank. */
  readonly number: number;
  readonly ids: Int32Array;
}

/** The local operations that a program may use; named as PyTorch names them. `operations.ts` tells of each. */
export const LOCAL_OPERATIONS = [
  'cat',
  'contiguous',
  'empty',
  'index_select',
  'narrow',
  'pad',
  'permute',
  'repeat',
  'repeat_interleave',
  'reshape',
  'split',
  'tensor_split',
  'transpose',
  'view',
] as const;
export type LocalOperation = (typeof LOCAL_OPERATIONS)[number];

/** Hears of every operation on a rank's tensors and numbers its storages. */
export interface TensorListener {
  allocate(size: number): Storage;
  /** Copies every element of `source` to where the same indices stand in `target`. */
  copy(source: Tensor, target: Tensor): void;
  /** `moved`: the elements were copied to a new storage. */
  operation(
    name: LocalOperation,
    args: readonly number[],
    inputs: readonly Tensor[],
    outputs: readonly Tensor[],
    moved: boolean,
  ): void;
}

export class Tensor {
  constructor(
    readonly listener: TensorListener,
    readonly storage: Storage,
    readonly shape: Shape,
    readonly strides: readonly number[],
    /** Where in storage the first element stands. */
    readonly offset: number,
  ) {}

  get size(): number {
    return product(this.shape);
  }

  get contiguousInStorage(): boolean {
    return isContiguous(this.shape, this.strides);
  }

  /** A new row-major tensor of undefined content (zero, here). */
  static empty(listener: TensorListener, shape: Shape): Tensor {
    const output = Tensor.allocate(listener, shape);
    listener.operation('empty', shape, [], [output], false);
    return output;
  }

  /** As `empty`, but unheard: for what is not an operation of the program. */
  static allocate(listener: TensorListener, shape: Shape): Tensor {
    return new Tensor(
      listener,
      listener.allocate(product(shape)),
      shape,
      rowMajorStrides(shape),
      0,
    );
  }

  /** @throws PythonError RuntimeError where `shape` does not fit, or fits only by copying. */
  view(requested: Shape): Tensor {
    const shape = inferShape(requested, this.size);
    const strides = viewStrides(this.shape, this.strides, shape);
    if (strides === null) {
      throw new PythonError(
        'RuntimeError',
        "view size is not compatible with input tensor's size and stride (at least one dimension " +
          'spans across two contiguous subspaces). Use .reshape(...) instead.',
      );
    }
    return this.hear('view', requested, this.seenAs(shape, strides));
  }

  /** A view where one will do, else a copy. @throws PythonError RuntimeError where it does not fit. */
  reshape(requested: Shape): Tensor {
    const shape = inferShape(requested, this.size);
    const strides = viewStrides(this.shape, this.strides, shape);
    return strides === null
      ? this.hear('reshape', requested, this.copied(shape), true)
      : this.hear('reshape', requested, this.seenAs(shape, strides));
  }

  permute(order: readonly number[]): Tensor {
    assert(order.length === this.shape.length, 'permute names every dimension');
    const shape = order.map((dim) => at(this.shape, dim));
    const strides = order.map((dim) => at(this.strides, dim));
    return this.hear('permute', order, this.seenAs(shape, strides));
  }

  transpose(a: number, b: number): Tensor {
    const order = range(this.shape.length);
    order[a] = b;
    order[b] = a;
    const shape = order.map((dim) => at(this.shape, dim));
    const strides = order.map((dim) => at(this.strides, dim));
    return this.hear('transpose', [a, b], this.seenAs(shape, strides));
  }

  /** This tensor where it is row-major already, else a copy that is. */
  contiguous(): Tensor {
    return this.contiguousInStorage
      ? this.hear('contiguous', [], this.seenAs(this.shape, this.strides))
      : this.hear('contiguous', [], this.copied(this.shape), true);
  }

  /** `length` indices of `dim` from `start` on, as a view. */
  narrow(dim: number, start: number, length: number): Tensor {
    return this.hear('narrow', [dim, start, length], this.part(dim, start, length));
  }

  /** Views of the given sizes along `dim`. @throws PythonError RuntimeError unless they add up. */
  split(sizes: readonly number[], dim: number): Tensor[] {
    if (sum(sizes) !== at(this.shape, dim)) {
      throw new PythonError(
        'RuntimeError',
        `split_with_sizes expects split_sizes to sum exactly to ${at(this.shape, dim)} (input ` +
          `tensor's size at dimension ${dim}), but got split_sizes=[${sizes.join(', ')}]`,
      );
    }
    const parts = this.parts(sizes, dim);
    this.listener.operation('split', [...sizes, dim], [this], parts, false);
    return parts;
  }

  /** `count` views along `dim`, the first `size % count` of them one longer. */
  tensorSplit(count: number, dim: number): Tensor[] {
    const size = at(this.shape, dim);
    const sizes = range(count).map(
      (index) => Math.floor(size / count) + (index < size % count ? 1 : 0),
    );
    const parts = this.parts(sizes, dim);
    this.listener.operation('tensor_split', [count, dim], [this], parts, false);
    return parts;
  }

  /** A copy of the indices `index` of `dim`, in that order. */
  indexSelect(dim: number, index: readonly number[]): Tensor {
    return this.hear('index_select', [dim, ...index], this.selected(dim, index), true);
  }

  /** A copy in which every index of `dim` stands `times` times next to itself. */
  repeatInterleave(dim: number, times: number): Tensor {
    const order = range(at(this.shape, dim)).flatMap((index) => repeated(index, times));
    return this.hear('repeat_interleave', [times, dim], this.selected(dim, order), true);
  }

  /** A copy in which the whole of `dim` stands `times` times behind itself. */
  tile(dim: number, times: number): Tensor {
    const order = range(times).flatMap(() => range(at(this.shape, dim)));
    const factors = this.shape.map((_, d) => (d === dim ? times : 1));
    return this.hear('repeat', factors, this.selected(dim, order), true);
  }

  /** A copy with `count` zeros behind the last index of `dim`. */
  padEnd(dim: number, count: number): Tensor {
    const size = at(this.shape, dim);
    const shape = this.shape.map((length, d) => (d === dim ? length + count : length));
    const output = Tensor.allocate(this.listener, shape);
    this.listener.copy(this, output.part(dim, 0, size));
    return this.hear('pad', [dim, count], output, true);
  }

  /** The tensors behind one another along `dim`, copied. They agree in all other dimensions. */
  static cat(tensors: readonly Tensor[], dim: number): Tensor {
    if (tensors.length === 0) {
      throw new PythonError('RuntimeError', 'torch.cat(): expected a non-empty list of Tensors');
    }
    const first = at(tensors, 0);
    const total = sum(tensors.map((tensor) => at(tensor.shape, dim)));
    const shape = first.shape.map((size, d) => (d === dim ? total : size));
    for (const tensor of tensors) {
      const agrees = tensor.shape.every((size, d) => d === dim || size === at(shape, d));
      if (!agrees) {
        throw new PythonError(
          'RuntimeError',
          'Sizes of tensors must match except in dimension ' +
            `${dim}. Expected [${first.shape.join(', ')}] but got [${tensor.shape.join(', ')}].`,
        );
      }
    }
    const output = Tensor.allocate(first.listener, shape);
    let start = 0;
    for (const tensor of tensors) {
      const length = at(tensor.shape, dim);
      first.listener.copy(tensor, output.part(dim, start, length));
      start += length;
    }
    first.listener.operation('cat', [dim], tensors, [output], true);
    return output;
  }

  /** The element ids in row-major order; a view of the storage where that is possible. */
  elements(): Int32Array {
    if (this.contiguousInStorage) {
      return this.storage.ids.subarray(this.offset, this.offset + this.size);
    }
    const ids = new Int32Array(this.size);
    copyElements(this, ids, rowMajorStrides(this.shape), 0);
    return ids;
  }

  private seenAs(shape: Shape, strides: readonly number[]): Tensor {
    return new Tensor(this.listener, this.storage, shape, strides, this.offset);
  }

  private copied(shape: Shape): Tensor {
    const output = Tensor.allocate(this.listener, this.shape);
    this.listener.copy(this, output);
    return output.seenAs(shape, rowMajorStrides(shape));
  }

  private selected(dim: number, index: readonly number[]): Tensor {
    const size = at(this.shape, dim);
    if (index.some((one) => one < 0 || one >= size)) {
      throw new PythonError('IndexError', 'index out of range in self');
    }
    const shape = this.shape.map((whole, d) => (d === dim ? index.length : whole));
    const output = Tensor.allocate(this.listener, shape);
    index.forEach((from, to) => {
      this.listener.copy(this.part(dim, from, 1), output.part(dim, to, 1));
    });
    return output;
  }

  private part(dim: number, start: number, length: number): Tensor {
    assert(start >= 0 && start + length <= at(this.shape, dim), 'a part lies within its tensor');
    const shape = this.shape.map((size, d) => (d === dim ? length : size));
    const offset = this.offset + start * at(this.strides, dim);
    return new Tensor(this.listener, this.storage, shape, this.strides, offset);
  }

  private parts(sizes: readonly number[], dim: number): Tensor[] {
    let start = 0;
    return sizes.map((size) => {
      const part = this.part(dim, start, size);
      start += size;
      return part;
    });
  }

  private hear(
    name: LocalOperation,
    args: readonly number[],
    output: Tensor,
    moved = false,
  ): Tensor {
    this.listener.operation(name, args, [this], [output], moved);
    return output;
  }
}

/**
 * Copies every element of `source` to the place in `target` that the same indices have there. What
 * lies in one run on both sides is copied as a run; of the dimensions before it the innermost is a
 * plain loop, and the indices of the others count up like an odometer. Every local operation of every
 * rank comes through here.
 */
export function copyElements(
  { shape, strides, offset, storage }: Tensor,
  target: Int32Array,
  targetStrides: readonly number[],
  targetOffset: number,
): void {
  if (product(shape) === 0) return;
  // Dimensions of size 1 lead nowhere.
  const wide = range(shape.length).filter((dim) => shape[dim] !== 1);
  const sizes = wide.map((dim) => at(shape, dim));
  const steps = wide.map((dim) => at(strides, dim));
  const targetSteps = wide.map((dim) => at(targetStrides, dim));
  let run = 1;
  while (steps.length > 0 && steps.at(-1) === run && targetSteps.at(-1) === run) {
    run *= sizes.pop() ?? 1;
    steps.pop();
    targetSteps.pop();
  }
  const length = sizes.pop() ?? 1;
  const step = steps.pop() ?? 0;
  const targetStep = targetSteps.pop() ?? 0;
  const index = repeated(0, sizes.length);
  let from = offset;
  let to = targetOffset;
  for (;;) {
    copyRuns(storage.ids, from, step, target, to, targetStep, length, run);
    let dim = sizes.length - 1;
    for (; dim >= 0; dim--) {
      const next = (index[dim] ?? 0) + 1;
      from += steps[dim] ?? 0;
      to += targetSteps[dim] ?? 0;
      if (next < (sizes[dim] ?? 0)) {
        index[dim] = next;
        break;
      }
      from -= next * (steps[dim] ?? 0);
      to -= next * (targetSteps[dim] ?? 0);
      index[dim] = 0;
    }
    if (dim < 0) return;
  }
}

/** Copies `count` runs that are a step apart. */
function copyRuns(
  source: Int32Array,
  from: number,
  step: number,
  target: Int32Array,
  to: number,
  targetStep: number,
  count: number,
  run: number,
): void {
  for (let one = 0; one < count; one++) {
    const here = from + one * step;
    const there = to + one * targetStep;
    if (run >= LONG_RUN) target.set(source.subarray(here, here + run), there);
    else for (let i = 0; i < run; i++) target[there + i] = source[here + i] ?? 0;
  }
}

/** From this many elements on, a window on the storage is worth its making. */
const LONG_RUN = 64;
