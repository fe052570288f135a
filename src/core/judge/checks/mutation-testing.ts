import { at } from '../../../base/assert.ts';
import type { Collective, Implementation, RankContext } from '../../published/implementation.ts';
import { Tensor } from '../../tensor/tensor.ts';

/**
 * For tests: implementations are mutated, one operation at a time. A mutation strikes the n-th use of
 * an operation in one of the passes, on every rank alike.
 */
export interface Mutation {
  readonly name: string;
  readonly pass: 1 | 2;
  /** The operation that it strikes, and which use of it. */
  readonly target: Target;
  readonly use: number;
  readonly variant: number;
}

export const TARGETS = [
  'permute',
  'transpose',
  'reshape',
  'view',
  'cat',
  'indexSelect',
  'narrow',
  'padEnd',
  'tensorSplit',
  'repeatInterleave',
  'splits',
  'indices',
  'remember',
  'forget',
  'decision',
  'guard',
] as const;
export type Target = (typeof TARGETS)[number];

/** In how many ways each operation is struck. */
export const VARIANTS: Record<Target, number> = {
  permute: 3,
  transpose: 2,
  reshape: 2,
  view: 2,
  cat: 1,
  indexSelect: 2,
  narrow: 1,
  padEnd: 1,
  tensorSplit: 1,
  repeatInterleave: 1,
  splits: 2,
  indices: 1,
  remember: 2,
  forget: 1,
  decision: 1,
  guard: 1,
};

/** Which uses a rank has made so far; set whenever that rank's program goes on. */
interface Turn {
  readonly pass: 1 | 2;
  readonly uses: Map<Target, number>;
}

let turn: Turn | null = null;
let mutation: Mutation | null = null;
/** Every place that could be struck, as it is come by. */
let seen: Set<string> | null = null;

/** Mutates from now on; null: nothing is struck. */
export function mutate(one: Mutation | null): void {
  mutation = one;
}

/** Writes down every place that could be struck: "1 permute 0". */
export function watch(places: Set<string> | null): void {
  seen = places;
}

/** Whether the mutation strikes here: counts the use of an operation. */
function struck(target: Target): boolean {
  if (turn === null) return false;
  const use = turn.uses.get(target) ?? 0;
  turn.uses.set(target, use + 1);
  seen?.add(`${turn.pass} ${target} ${use}`);
  return mutation?.pass === turn.pass && mutation.target === target && mutation.use === use;
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  const copy = [...list];
  const [x, y] = [at(copy, a), at(copy, b)];
  copy[a] = y;
  copy[b] = x;
  return copy;
}

const original = {
  permute: Tensor.prototype.permute,
  transpose: Tensor.prototype.transpose,
  reshape: Tensor.prototype.reshape,
  view: Tensor.prototype.view,
  indexSelect: Tensor.prototype.indexSelect,
  narrow: Tensor.prototype.narrow,
  padEnd: Tensor.prototype.padEnd,
  tensorSplit: Tensor.prototype.tensorSplit,
  repeatInterleave: Tensor.prototype.repeatInterleave,
  cat: Tensor.cat,
};

/** Makes every operation ask whether it is struck. */
export function plant(): void {
  const variant = () => mutation?.variant ?? 0;
  Tensor.prototype.permute = function (order) {
    if (!struck('permute')) return original.permute.call(this, order);
    const last = order.length - 1;
    const [a, b] = at(
      [
        [0, 1],
        [1, 2],
        [last - 1, last],
      ] as const,
      variant(),
    );
    return original.permute.call(this, swapped(order, a, b));
  };
  Tensor.prototype.transpose = function (a, b) {
    if (!struck('transpose')) return original.transpose.call(this, a, b);
    if (variant() === 0) return this;
    return original.transpose.call(this, a, (b + 1) % this.shape.length);
  };
  Tensor.prototype.reshape = function (shape) {
    if (!struck('reshape')) return original.reshape.call(this, shape);
    const [a, b] = at(
      [
        [0, 1],
        [1, 2],
      ] as const,
      variant(),
    );
    return original.reshape.call(this, shape.length > b ? swapped(shape, a, b) : shape);
  };
  Tensor.prototype.view = function (shape) {
    if (!struck('view')) return original.view.call(this, shape);
    const [a, b] = at(
      [
        [0, 1],
        [1, 2],
      ] as const,
      variant(),
    );
    return original.view.call(this, shape.length > b ? swapped(shape, a, b) : shape);
  };
  Tensor.prototype.indexSelect = function (dim, index) {
    if (!struck('indexSelect')) return original.indexSelect.call(this, dim, index);
    const other = variant() === 0 ? index.toReversed() : [...index.slice(1), at(index, 0)];
    return original.indexSelect.call(this, dim, other);
  };
  Tensor.prototype.narrow = function (dim, start, length) {
    const shift = struck('narrow') ? 1 : 0;
    const room = at(this.shape, dim) - length;
    return original.narrow.call(this, dim, (start + shift) % (room + 1), length);
  };
  Tensor.prototype.padEnd = function (dim, count) {
    return original.padEnd.call(this, dim, struck('padEnd') ? count - 1 : count);
  };
  Tensor.prototype.tensorSplit = function (count, dim) {
    const parts = original.tensorSplit.call(this, count, dim);
    return struck('tensorSplit') ? parts.toReversed() : parts;
  };
  Tensor.prototype.repeatInterleave = function (dim, times) {
    return struck('repeatInterleave')
      ? this.tile(dim, times)
      : original.repeatInterleave.call(this, dim, times);
  };
  Tensor.cat = (tensors, dim) => original.cat(struck('cat') ? tensors.toReversed() : tensors, dim);
}

export function uproot(): void {
  const { cat, ...methods } = original;
  Object.assign(Tensor.prototype, methods);
  Tensor.cat = cat;
  turn = null;
  mutation = null;
  seen = null;
}

/** The implementation with its ranks taking turns, and its surroundings open to mutation. */
export function mutable(implementation: Implementation): Implementation {
  return {
    ...implementation,
    *reshard(rank, input) {
      const own: Turn = { pass: rank.pass, uses: new Map() };
      turn = own;
      const program = implementation.reshard(surroundings(rank), input);
      let step = program.next();
      while (!step.done) {
        const collective = shifted(step.value);
        turn = null;
        yield collective;
        turn = own;
        step = program.next();
      }
      turn = null;
      return step.value;
    },
  };
}

function surroundings(rank: RankContext): RankContext {
  const crossed = struck('indices');
  // The state that the process kept until this call; what is remembered in the call itself is known.
  let forgotten = rank.numKvHeads !== null && struck('forget');
  return new Proxy(rank, {
    get(target, name, receiver) {
      if (crossed && name === 'scatterIdx') return target.gatherIdx;
      if (crossed && name === 'gatherIdx') return target.scatterIdx;
      if (crossed && name === 'pass') return target.pass === 1 ? 2 : 1;
      if (forgotten && name === 'numKvHeads') return null;
      if (name === 'rememberNumKvHeads') {
        return (heads: number) => {
          forgotten = false;
          if (!struck('remember')) target.rememberNumKvHeads(heads);
          else target.rememberNumKvHeads(heads + (mutation?.variant === 0 ? 1 : 2));
        };
      }
      if (name === 'choosesUneven') {
        return (...asked: Parameters<RankContext['choosesUneven']>) => {
          const uneven = Reflect.apply(target.choosesUneven, receiver, asked);
          return struck('decision') ? !uneven : uneven;
        };
      }
      if (name === 'guard') {
        return (...asked: Parameters<RankContext['guard']>) => {
          const [guard, heads, message, more] = asked;
          const mutant = { ...guard, condition: 'num_heads < 0' };
          if (struck('guard')) target.guard(mutant, heads, message, more);
          else target.guard(...asked);
        };
      }
      return Reflect.get(target, name, target);
    },
  });
}

/** Split lists with one row moved from one peer to the next, or turned round. */
function shifted(collective: Collective): Collective {
  if (collective.kind !== 'all_to_all_single' || collective.inputSplits === null) return collective;
  if (!struck('splits')) return collective;
  const { inputSplits } = collective;
  if (mutation?.variant === 1) {
    return { ...collective, inputSplits: [...inputSplits.slice(1), at(inputSplits, 0)] };
  }
  const moved = [...inputSplits];
  moved[0] = at(moved, 0) - 1;
  moved[1] = at(moved, 1) + 1;
  return { ...collective, inputSplits: moved };
}
