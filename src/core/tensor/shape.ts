import { at } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import { PythonError } from '../python/python-error.ts';

/**
 * Shapes and strides by PyTorch's rules. A shape is a list of sizes, a stride the distance in
 * storage (in elements) between two neighbours along that dimension.
 */
export type Shape = readonly number[];

/** The strides of a row-major tensor of `shape`. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    strides[dim] = stride;
    stride *= Math.max(at(shape, dim), 1);
  }
  return strides;
}

/** Whether elements stand in storage in row-major order without gaps (`Tensor.is_contiguous`). */
export function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  if (product(shape) === 0) return true;
  let expected = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const size = at(shape, dim);
    if (size === 1) continue;
    if (at(strides, dim) !== expected) return false;
    expected *= size;
  }
  return true;
}

/**
 * The shape that `requested`, which may hold one -1, means for a tensor of `numel` elements.
 * @throws PythonError RuntimeError with PyTorch's text (`infer_size` in ATen/InferSize.h).
 */
export function inferShape(requested: Shape, numel: number): number[] {
  let known = 1;
  let inferred = -1;
  requested.forEach((size, dim) => {
    if (size >= 0) known *= size;
    else if (size !== -1) throw new PythonError('RuntimeError', `invalid shape dimension ${size}`);
    else if (inferred >= 0)
      throw new PythonError('RuntimeError', 'only one dimension can be inferred');
    else inferred = dim;
  });
  const fits = known === numel || (inferred >= 0 && known > 0 && numel % known === 0);
  if (!fits) {
    throw new PythonError(
      'RuntimeError',
      `shape '[${requested.join(', ')}]' is invalid for input of size ${numel}`,
    );
  }
  if (inferred < 0) return [...requested];
  if (known === 0) {
    throw new PythonError(
      'RuntimeError',
      `cannot reshape tensor of 0 elements into shape [${requested.join(', ')}] because the unspecified ` +
        'dimension size -1 can be any value and is ambiguous',
    );
  }
  return requested.map((size, dim) => (dim === inferred ? numel / known : size));
}

/**
 * The strides with which `shape` is a view of a tensor of (`oldShape`, `oldStrides`), or null where
 * only a copy will do (`computeStride` in ATen/TensorUtils.cpp). Sizes must hold equally many elements.
 */
export function viewStrides(
  oldShape: Shape,
  oldStrides: readonly number[],
  shape: Shape,
): number[] | null {
  if (product(oldShape) === 0) return rowMajorStrides(shape);
  const strides = new Array<number>(shape.length);
  let newDim = shape.length - 1;
  let chunkStride = oldStrides.at(-1) ?? 1;
  let oldSize = 1;
  let newSize = 1;
  // Walk from the innermost dimension outwards; a run of old dimensions that lie evenly in storage
  // can be cut anew in any way, the next run starts where the evenness breaks.
  for (let dim = oldShape.length - 1; dim >= 0; dim--) {
    oldSize *= at(oldShape, dim);
    const runEnds =
      dim === 0 ||
      (at(oldShape, dim - 1) !== 1 && at(oldStrides, dim - 1) !== oldSize * chunkStride);
    if (!runEnds) continue;
    while (newDim >= 0 && (newSize < oldSize || at(shape, newDim) === 1)) {
      strides[newDim] = newSize * chunkStride;
      newSize *= at(shape, newDim);
      newDim--;
    }
    if (newSize !== oldSize) return null;
    if (dim > 0) {
      chunkStride = at(oldStrides, dim - 1);
      oldSize = 1;
      newSize = 1;
    }
  }
  return newDim < 0 ? strides : null;
}
