import { assert, at } from '../base/assert.ts';
import { sum } from '../base/numbers.ts';
import type { RankEvent } from '../core/recording/event.ts';
import { OPERATIONS, type PlaceRule } from '../core/tensor/operations.ts';
import { rowMajorStrides } from '../core/tensor/shape.ts';

/** One of the tensors that an event takes or makes, and a place in it, row-major. */
interface Slot {
  readonly tensor: number;
  readonly place: number;
}

type Local = Extract<RankEvent, { kind: 'local' }>;

/**
 * Where the elements of one of the tensors that an operation made stood among what it took: puts it into
 * `taken`; false for padding. There may be many of them: what they have in common is worked out once.
 */
export function backThrough(
  event: Local,
  output: number,
): (place: number, taken: { tensor: number; place: number }) => boolean {
  const rule = OPERATIONS[event.name].places(event);
  switch (rule.kind) {
    case 'same order':
      return (place, taken) => {
        taken.tensor = output;
        taken.place = place;
        return true;
      };
    case 'dimensions':
      return turnedBack(event, rule.order);
    case 'indices':
      return alongBack(event, output, rule);
  }
}

function turnedBack(event: Local, order: readonly number[]): ReturnType<typeof backThrough> {
  const { shape } = at(event.outputs, 0);
  const steps = rowMajorStrides(shape);
  const before = rowMajorStrides(at(event.inputs, 0).shape);
  const stepsBefore = order.map((dim) => at(before, dim));
  return (place, taken) => {
    taken.tensor = 0;
    taken.place = 0;
    for (let dim = 0; dim < shape.length; dim++) {
      const index = Math.floor(place / at(steps, dim)) % at(shape, dim);
      taken.place += index * at(stepsBefore, dim);
    }
    return true;
  };
}

function alongBack(
  event: Local,
  output: number,
  { dim, sourceOf }: Extract<PlaceRule, { kind: 'indices' }>,
): ReturnType<typeof backThrough> {
  const { shape } = at(event.outputs, output);
  const sources: ReturnType<typeof sourceOf>[] = [];
  return (place, taken) => {
    const index = along(shape, dim, place);
    sources[index] ??= sourceOf(output, index);
    const source = sources[index];
    if (source == null) return false;
    const from = at(event.inputs, source.tensor).shape;
    taken.tensor = source.tensor;
    taken.place = moved(shape, from, dim, place, source.index);
    return true;
  };
}

/** Where the element at `taken` stands among what the operation made: nowhere, once, or repeated. */
export function afterLocal(event: Local, taken: Slot): readonly Slot[] {
  const rule = OPERATIONS[event.name].places(event);
  switch (rule.kind) {
    case 'same order':
      return [taken];
    case 'dimensions': {
      const index = indexOf(at(event.inputs, 0).shape, taken.place);
      const turned = rule.order.map((dim) => at(index, dim));
      return [{ tensor: 0, place: placeOf(at(event.outputs, 0).shape, turned) }];
    }
    case 'indices': {
      const { shape } = at(event.inputs, taken.tensor);
      const own = along(shape, rule.dim, taken.place);
      const slots: Slot[] = [];
      event.outputs.forEach((output, tensor) => {
        for (let index = 0; index < at(output.shape, rule.dim); index++) {
          const source = rule.sourceOf(tensor, index);
          if (source?.tensor !== taken.tensor || source.index !== own) continue;
          slots.push({ tensor, place: moved(shape, output.shape, rule.dim, taken.place, index) });
        }
      });
      return slots;
    }
  }
}

/** The indices of a row-major place in a tensor of `shape`. */
export function indexOf(shape: readonly number[], place: number): number[] {
  return rowMajorStrides(shape).map((step, dim) => Math.floor(place / step) % at(shape, dim));
}

function placeOf(shape: readonly number[], index: readonly number[]): number {
  assert(index.length === shape.length, 'an index for each dimension');
  return sum(rowMajorStrides(shape).map((step, dim) => step * at(index, dim)));
}

/** The index of a place along one dimension. */
function along(shape: readonly number[], dim: number, place: number): number {
  return Math.floor(place / innerSize(shape, dim)) % at(shape, dim);
}

/** A place of `from` in `to`, a shape that differs in `dim` alone, at `index` of that dimension. */
function moved(
  from: readonly number[],
  to: readonly number[],
  dim: number,
  place: number,
  index: number,
): number {
  const inner = innerSize(from, dim);
  const outer = Math.floor(place / (inner * at(from, dim)));
  return (outer * at(to, dim) + index) * inner + (place % inner);
}

/** How many elements stand behind one index of a dimension. */
function innerSize(shape: readonly number[], dim: number): number {
  let size = 1;
  for (let inner = dim + 1; inner < shape.length; inner++) size *= at(shape, inner);
  return size;
}
