import { assert, at } from '../base/assert.ts';
import { product, sum } from '../base/numbers.ts';
import type { RankEvent } from '../engine/event.ts';
import { OPERATIONS } from '../engine/operations.ts';
import { rowMajorStrides } from '../engine/shape.ts';

/** One of the tensors that an event takes or makes, and a place in it, row-major. */
export interface Slot {
  readonly tensor: number;
  readonly place: number;
}

type Local = Extract<RankEvent, { kind: 'local' }>;

/** Where the element at `made` stood among what the operation took; null for padding. */
export function beforeLocal(event: Local, made: Slot): Slot | null {
  const rule = OPERATIONS[event.name].places(event);
  switch (rule.kind) {
    case 'same order':
      return made;
    case 'dimensions': {
      const from = at(event.inputs, 0).shape;
      const to = at(event.outputs, 0).shape;
      const index: number[] = from.map(() => 0);
      indexOf(to, made.place).forEach((value, dim) => {
        index[at(rule.order, dim)] = value;
      });
      return { tensor: 0, place: placeOf(from, index) };
    }
    case 'indices': {
      const { shape } = at(event.outputs, made.tensor);
      const source = rule.sourceOf(made.tensor, along(shape, rule.dim, made.place));
      if (source === null) return null;
      const from = at(event.inputs, source.tensor).shape;
      const place = moved(shape, from, rule.dim, made.place, source.index);
      return { tensor: source.tensor, place };
    }
  }
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
  return Math.floor(place / product(shape.slice(dim + 1))) % at(shape, dim);
}

/** A place of `from` in `to`, a shape that differs in `dim` alone, at `index` of that dimension. */
function moved(
  from: readonly number[],
  to: readonly number[],
  dim: number,
  place: number,
  index: number,
): number {
  const inner = product(from.slice(dim + 1));
  const outer = Math.floor(place / (inner * at(from, dim)));
  return (outer * at(to, dim) + index) * inner + (place % inner);
}
