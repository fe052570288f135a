import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { product, range } from '../../base/numbers.ts';
import { PythonError } from '../python/python-error.ts';
import { Recorder } from '../recording/recorder.ts';
import { viewStrides } from './shape.ts';
import { Tensor } from './tensor.ts';

/** A row-major tensor that holds 0, 1, 2 … */
function counting(...shape: number[]): Tensor {
  const tensor = Tensor.allocate(new Recorder(), shape);
  tensor.storage.ids.set(range(product(shape)));
  return tensor;
}

const ids = (tensor: Tensor) => [...tensor.elements()];

describe('views', () => {
  it('moves nothing on permute, everything on contiguous', () => {
    const turned = counting(2, 3).permute([1, 0]);
    expect(turned.strides).toEqual([1, 3]);
    expect([...turned.storage.ids]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ids(turned)).toEqual([0, 3, 1, 4, 2, 5]);
    expect([...turned.contiguous().storage.ids]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it('refuses a view that spans two contiguous subspaces, with the text of PyTorch', () => {
    const turned = counting(2, 3).transpose(0, 1);
    expect(() => turned.view([6])).toThrow(
      "view size is not compatible with input tensor's size and stride (at least one dimension " +
        'spans across two contiguous subspaces). Use .reshape(...) instead.',
    );
    expect(ids(turned.reshape([6]))).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it('infers one -1 and refuses what does not fit', () => {
    expect(counting(2, 6).view([-1, 4]).shape).toEqual([3, 4]);
    expect(() => counting(2, 6).view([5, -1])).toThrow(
      "shape '[5, -1]' is invalid for input of size 12",
    );
    expect(() => counting(2, 6).view([-1, -1])).toThrow('only one dimension can be inferred');
    expect(() => counting(0, 6).view([0, -1])).toThrow(
      'cannot reshape tensor of 0 elements into shape [0, -1] because the unspecified dimension ' +
        'size -1 can be any value and is ambiguous',
    );
    expect(counting(0, 6).view([3, 0]).shape).toEqual([3, 0]);
  });

  it('splits only into sizes that add up', () => {
    expect(counting(5).split([2, 3], 0).map(ids)).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
    expect(() => counting(5).split([2, 2], 0)).toThrow(PythonError);
  });

  it('cuts nearly equal parts, the first ones longer', () => {
    expect(counting(7).tensorSplit(3, 0).map(ids)).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it('puts tensors behind one another', () => {
    const [left, right] = counting(2, 4).split([1, 3], 1);
    if (left === undefined || right === undefined) throw new Error('two parts');
    expect(ids(Tensor.cat([right, left], 1))).toEqual([1, 2, 3, 0, 5, 6, 7, 4]);
  });
});

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });

/** A shape and an order of its dimensions. */
const turns = shapes.chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc.shuffledSubarray(range(shape.length), { minLength: shape.length }),
  ),
);

describe('properties', () => {
  it('reads by strides what the definition of a strided tensor says', () => {
    fc.assert(
      fc.property(turns, ([shape, order]) => {
        const tensor = counting(...shape).permute(order);
        const expected: number[] = [];
        const walk = (dim: number, place: number): void => {
          if (dim === tensor.shape.length) {
            expected.push(place);
            return;
          }
          for (let index = 0; index < (tensor.shape[dim] ?? 0); index++) {
            walk(dim + 1, place + index * (tensor.strides[dim] ?? 0));
          }
        };
        walk(0, 0);
        expect(ids(tensor)).toEqual(expected);
      }),
    );
  });

  it('permutes back to where it was', () => {
    fc.assert(
      fc.property(turns, ([shape, order]) => {
        const inverse = range(shape.length).map((dim) => order.indexOf(dim));
        const there = counting(...shape).permute(order);
        expect(ids(there.permute(inverse))).toEqual(range(product(shape)));
        expect(ids(there.contiguous().permute(inverse))).toEqual(range(product(shape)));
      }),
    );
  });

  it('gives a view exactly where one exists that reads the same elements', () => {
    fc.assert(
      fc.property(turns, shapes, ([shape, order], wanted) => {
        const tensor = counting(...shape).permute(order);
        fc.pre(product(wanted) === tensor.size);
        const strides = viewStrides(tensor.shape, tensor.strides, wanted);
        const copied = tensor.reshape(wanted);
        expect(ids(copied)).toEqual(ids(tensor));
        if (strides === null) return;
        expect(copied.storage).toBe(tensor.storage);
      }),
    );
  });
});
