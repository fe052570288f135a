import { assert, at } from '../base/assert.ts';
import { product, sum } from '../base/numbers.ts';
import type { RankEvent } from '../engine/event.ts';
import { rowMajorStrides } from '../engine/shape.ts';

/** One of the tensors that an event takes or makes, and a place in it, row-major. */
export interface Slot {
  readonly tensor: number;
  readonly place: number;
}

type Local = Extract<RankEvent, { kind: 'local' }>;

/** Where the element at `made` stood among what the operation took; null for padding. */
export function beforeLocal(event: Local, made: Slot): Slot | null {
  const rule = ruleOf(event);
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
  const rule = ruleOf(event);
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

/** What an operation does to places. */
type Rule =
  /** Row-major order stays, whether memory moves or not. */
  | { readonly kind: 'same order' }
  /** Dimension `d` of what is made is dimension `order[d]` of what was taken. */
  | { readonly kind: 'dimensions'; readonly order: readonly number[] }
  /** Along `dim`, each index of what is made is one of what was taken, or padding. */
  | {
      readonly kind: 'indices';
      readonly dim: number;
      sourceOf(output: number, index: number): Source | null;
    };

interface Source {
  readonly tensor: number;
  readonly index: number;
}

function ruleOf({ name, args, inputs, outputs }: Local): Rule {
  const fromFirst = (dim: number, source: (index: number) => number | null): Rule => ({
    kind: 'indices',
    dim,
    sourceOf(_, index) {
      const found = source(index);
      return found === null ? null : { tensor: 0, index: found };
    },
  });
  switch (name) {
    case 'view':
    case 'reshape':
    case 'contiguous':
      return { kind: 'same order' };
    case 'permute':
      return { kind: 'dimensions', order: args };
    case 'transpose': {
      const [a, b] = [at(args, 0), at(args, 1)];
      const order = at(inputs, 0).shape.map((_, dim) => (dim === a ? b : dim === b ? a : dim));
      return { kind: 'dimensions', order };
    }
    case 'narrow':
      return fromFirst(at(args, 0), (index) => at(args, 1) + index);
    case 'index_select':
      return fromFirst(at(args, 0), (index) => at(args, index + 1));
    case 'repeat_interleave':
      return fromFirst(at(args, 1), (index) => Math.floor(index / at(args, 0)));
    case 'repeat': {
      const dim = tiledDim(args);
      return fromFirst(dim, (index) => index % at(at(inputs, 0).shape, dim));
    }
    case 'pad': {
      const dim = at(args, 0);
      return fromFirst(dim, (index) => (index < at(at(inputs, 0).shape, dim) ? index : null));
    }
    case 'split':
    case 'tensor_split': {
      const dim = at(args, args.length - 1);
      const startOf = (output: number) =>
        sum(outputs.slice(0, output).map(({ shape }) => at(shape, dim)));
      return {
        kind: 'indices',
        dim,
        sourceOf: (output, index) => ({ tensor: 0, index: startOf(output) + index }),
      };
    }
    case 'cat': {
      const dim = at(args, 0);
      return {
        kind: 'indices',
        dim,
        sourceOf(_, index) {
          let left = index;
          let tensor = 0;
          while (left >= at(at(inputs, tensor).shape, dim)) {
            left -= at(at(inputs, tensor).shape, dim);
            tensor += 1;
          }
          return { tensor, index: left };
        },
      };
    }
    case 'empty':
      return fromFirst(0, () => null);
  }
}

/** The one dimension that a `repeat` by these factors lays out more than once; 0 where it does none. */
export function tiledDim(factors: readonly number[]): number {
  return Math.max(
    0,
    factors.findIndex((factor) => factor !== 1),
  );
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
