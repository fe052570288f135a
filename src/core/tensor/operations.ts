import { at } from '../../base/assert.ts';
import { repeated, sum } from '../../base/numbers.ts';
import { type LocalOperation, Tensor, type TensorListener } from './tensor.ts';

/** What an operation was called with, and the shapes that it took and made. */
export interface Operated {
  readonly args: readonly number[];
  readonly inputs: readonly { readonly shape: readonly number[] }[];
  readonly outputs: readonly { readonly shape: readonly number[] }[];
}

/** What an operation does to the places of elements. */
export type PlaceRule =
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

/**
 * A piece of a line of Python: letters; a number, or a list of them, that may be another on another
 * rank; numbers as arguments, each such a number.
 */
export type Written =
  | string
  | { readonly one: number }
  | { readonly list: readonly number[] }
  | { readonly args: readonly number[] };

/** All that is known of one operation on tensors: what it is called with stands as `Tensor` tells it. */
export interface Operation {
  /**
   * Does it once more, by what was recorded of it. Counts are asked before lists of that length are
   * made. @throws Error where the arguments do not fit what it takes
   */
  perform(tensors: readonly Tensor[], of: Operated, listener: TensorListener): void;
  /** Where the elements stand that it makes. */
  places(of: Operated): PlaceRule;
  /** What it is in Python, behind "y = "; `input` is the name of what it takes. */
  python(input: string, of: Operated): readonly Written[];
  /** Whether its arguments are the shape of what it makes, or do not change it. */
  readonly tellsShape?: true;
  /** Its arguments as a person reads them, where they are no plain list. */
  readonly argumentsText?: (args: readonly number[]) => string;
}

const SAME_ORDER: PlaceRule = { kind: 'same order' };

/** Called as a method of what it takes, with its arguments one after another. */
function method(name: LocalOperation): Operation['python'] {
  return (input, { args }) => [`${input}.${name}(`, { args }, ')'];
}

/** Every operation that a program may use, once: whoever performs, follows, writes or reads one asks here. */
export const OPERATIONS: Readonly<Record<LocalOperation, Operation>> = {
  cat: {
    perform: (tensors, of) => Tensor.cat(tensors, dimOf(of, 0)),
    places({ args, inputs }) {
      const dim = at(args, 0);
      return { kind: 'indices', dim, sourceOf: (_, index) => sourceAmong(inputs, dim, index) };
    },
    python: (input, { args }) => [`torch.cat(${input}, dim=${at(args, 0)})`],
  },
  contiguous: {
    perform: (tensors) => only(tensors).contiguous(),
    places: () => SAME_ORDER,
    python: (input) => [`${input}.contiguous()`],
    tellsShape: true,
  },
  empty: {
    perform: (_, { args }, listener) => Tensor.empty(listener, args),
    places: () => fromFirst(0, () => null),
    python: (_, { args }) => ['torch.empty(', { args }, ', dtype=torch.int32)'],
    tellsShape: true,
  },
  index_select: {
    perform: (tensors, of) => only(tensors).indexSelect(dimOf(of, 0), of.args.slice(1)),
    places: ({ args }) => fromFirst(at(args, 0), (index) => at(args, index + 1)),
    python: (input, { args: [dim = 0, ...index] }) => [
      `${input}.index_select(${dim}, torch.tensor(`,
      { list: index },
      '))',
    ],
    argumentsText: ([dim, ...index]) => `${dim}, [${index.join(', ')}]`,
  },
  narrow: {
    perform: (tensors, of) => only(tensors).narrow(dimOf(of, 0), at(of.args, 1), at(of.args, 2)),
    places: ({ args }) => fromFirst(at(args, 0), (index) => at(args, 1) + index),
    python: method('narrow'),
  },
  pad: {
    perform: (tensors, of) => only(tensors).padEnd(dimOf(of, 0), at(of.args, 1)),
    places({ args, inputs }) {
      const dim = at(args, 0);
      return fromFirst(dim, (index) => (index < sizeAlong(inputs, dim) ? index : null));
    },
    // PyTorch counts from the last dimension on, two numbers each.
    python(input, { args: [dim = 0, count = 0], outputs }) {
      const behind = at(outputs, 0).shape.length - 1 - dim;
      const args = [...repeated(0, 2 * behind), 0, count];
      return [`torch.nn.functional.pad(${input}, (`, { args }, '))'];
    },
  },
  permute: {
    perform: (tensors, { args }) => only(tensors).permute(args),
    places: ({ args }) => ({ kind: 'dimensions', order: args }),
    python: method('permute'),
  },
  repeat: {
    perform(tensors, { args, outputs }) {
      const tensor = only(tensors);
      const dim = tiledDim(args);
      requireFit(args.length === tensor.shape.length);
      requireFit(at(args, dim) * at(tensor.shape, dim) === outputs[0]?.shape[dim]);
      requireFit(args.every((factor, other) => other === dim || factor === 1));
      tensor.tile(dim, at(args, dim));
    },
    places({ args, inputs }) {
      const dim = tiledDim(args);
      return fromFirst(dim, (index) => index % sizeAlong(inputs, dim));
    },
    python: method('repeat'),
  },
  repeat_interleave: {
    perform(tensors, of) {
      const tensor = only(tensors);
      const dim = dimOf(of, 1);
      requireFit(at(of.args, 0) * at(tensor.shape, dim) === of.outputs[0]?.shape[dim]);
      tensor.repeatInterleave(dim, at(of.args, 0));
    },
    places: ({ args }) => fromFirst(at(args, 1), (index) => Math.floor(index / at(args, 0))),
    python: (input, { args: [times = 0, dim = 0] }) => [
      `${input}.repeat_interleave(`,
      { one: times },
      `, dim=${dim})`,
    ],
  },
  reshape: {
    perform: (tensors, { args }) => only(tensors).reshape(args),
    places: () => SAME_ORDER,
    python: method('reshape'),
    tellsShape: true,
  },
  split: {
    perform: (tensors, of) =>
      only(tensors).split(of.args.slice(0, -1), dimOf(of, of.args.length - 1)),
    places: cutAlong,
    python: (input, { args }) => [
      `${input}.split(`,
      { list: args.slice(0, -1) },
      `, dim=${args.at(-1)})`,
    ],
    tellsShape: true,
  },
  tensor_split: {
    perform(tensors, of) {
      const tensor = only(tensors);
      requireFit(of.args[0] === of.outputs.length);
      tensor.tensorSplit(at(of.args, 0), dimOf(of, 1));
    },
    places: cutAlong,
    python: (input, { args: [count = 0, dim = 0] }) => [
      `${input}.tensor_split(`,
      { one: count },
      `, dim=${dim})`,
    ],
  },
  transpose: {
    perform: (tensors, of) => only(tensors).transpose(dimOf(of, 0), dimOf(of, 1)),
    places({ args, inputs }) {
      const [a, b] = [at(args, 0), at(args, 1)];
      const order = at(inputs, 0).shape.map((_, dim) => (dim === a ? b : dim === b ? a : dim));
      return { kind: 'dimensions', order };
    },
    python: method('transpose'),
  },
  view: {
    perform: (tensors, { args }) => only(tensors).view(args),
    places: () => SAME_ORDER,
    python: method('view'),
    tellsShape: true,
  },
};

/** Along `dim`, each index of what is made is one of the only tensor that was taken, or padding. */
function fromFirst(dim: number, source: (index: number) => number | null): PlaceRule {
  return {
    kind: 'indices',
    dim,
    sourceOf(_, index) {
      const found = source(index);
      return found === null ? null : { tensor: 0, index: found };
    },
  };
}

/** Of parts behind one another along the last argument. */
function cutAlong({ args, outputs }: Operated): PlaceRule {
  const dim = at(args, args.length - 1);
  const startOf = (output: number) =>
    sum(outputs.slice(0, output).map(({ shape }) => at(shape, dim)));
  return {
    kind: 'indices',
    dim,
    sourceOf: (output, index) => ({ tensor: 0, index: startOf(output) + index }),
  };
}

/** In which of tensors that stand behind one another an index is, and where. */
function sourceAmong(inputs: Operated['inputs'], dim: number, index: number): Source {
  let left = index;
  let tensor = 0;
  while (left >= at(at(inputs, tensor).shape, dim)) {
    left -= at(at(inputs, tensor).shape, dim);
    tensor += 1;
  }
  return { tensor, index: left };
}

function sizeAlong(inputs: Operated['inputs'], dim: number): number {
  return at(at(inputs, 0).shape, dim);
}

/** The one dimension that a `repeat` by these factors lays out more than once; 0 where it does none. */
function tiledDim(factors: readonly number[]): number {
  return Math.max(
    0,
    factors.findIndex((factor) => factor !== 1),
  );
}

function only(tensors: readonly Tensor[]): Tensor {
  const tensor = at(tensors, 0);
  requireFit(tensors.length === 1);
  return tensor;
}

/** An argument that names a dimension of what is taken. */
function dimOf({ args, inputs }: Operated, index: number): number {
  const dim = at(args, index);
  requireFit(inputs.length > 0 && inputs.every(({ shape }) => dim >= 0 && dim < shape.length));
  return dim;
}

/** Throws, to be caught by who performs, where the arguments of an operation do not fit what it takes. */
function requireFit(fits: boolean): void {
  if (!fits) throw new Error('unfit arguments');
}
