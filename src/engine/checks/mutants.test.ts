import { afterEach, describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import type { Case } from '../case.ts';
import type { Collective, Implementation, RankContext } from '../implementation.ts';
import { IMPLEMENTATIONS } from '../implementations/index.ts';
import { outcomesOf } from '../outcome.ts';
import { Tensor } from '../tensor.ts';
import { caseWith } from '../testing.ts';
import { runWorld } from '../world.ts';
import { judge } from './index.ts';

/**
 * The checks are checked: implementations are mutated, one operation at a time, and whatever changes
 * an element, a shape, an error or the size of a message must be found by some check.
 *
 * A mutation strikes the n-th use of an operation in one of the passes, on every rank alike.
 */
interface Mutation {
  readonly name: string;
  readonly pass: 1 | 2;
  /** The operation that it strikes, and which use of it. */
  readonly target: Target;
  readonly use: number;
  readonly variant: number;
}

const TARGETS = [
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
  'decision',
  'guard',
] as const;
type Target = (typeof TARGETS)[number];

/** In how many ways each operation is struck. */
const VARIANTS: Record<Target, number> = {
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
function plant(): void {
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

function uproot(): void {
  const { cat, ...methods } = original;
  Object.assign(Tensor.prototype, methods);
  Tensor.cat = cat;
  turn = null;
  mutation = null;
  seen = null;
}

/** The implementation with its ranks taking turns, and its surroundings open to mutation. */
function mutable(implementation: Implementation): Implementation {
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
  return new Proxy(rank, {
    get(target, name) {
      if (crossed && name === 'scatterIdx') return target.gatherIdx;
      if (crossed && name === 'gatherIdx') return target.scatterIdx;
      if (crossed && name === 'pass') return target.pass === 1 ? 2 : 1;
      if (name === 'rememberNumKvHeads') {
        return (heads: number) => {
          if (!struck('remember')) target.rememberNumKvHeads(heads);
          else target.rememberNumKvHeads(heads + (mutation?.variant === 0 ? 1 : 2));
        };
      }
      if (name === 'choosesUneven') {
        return (condition: string, heads: number) => {
          const uneven = target.choosesUneven(condition, heads);
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

/** Small cases that are fine, and between them take every path of an implementation. */
function casesOf({ id, layouts, remembersHeads, repeatsKv }: Implementation): Case[] {
  const base = { implementation: id, sp: 2, seq: 8, headDim: 2 } as const;
  return layouts.flatMap((batchDimIdx) => {
    const cases = [
      caseWith({ ...base, batchDimIdx, heads: 4 }),
      caseWith({
        ...base,
        batchDimIdx,
        heads: 8,
        batch: 2,
        sp: 4,
        seq: 16,
        kvHeads: 4,
        program: 'layerForward',
      }),
      caseWith({ ...base, batchDimIdx, heads: 6, batch: 2, sp: 3, seq: 12, headDim: 3 }),
    ];
    if (remembersHeads || id === 'diffusers-anything') {
      cases.push(caseWith({ ...base, batchDimIdx, heads: 7, batch: 2 }));
      cases.push(caseWith({ ...base, batchDimIdx, heads: 8, sp: 3, seq: 9 }));
    }
    if (repeatsKv) {
      cases.push(
        caseWith({ ...base, batchDimIdx, heads: 8, kvHeads: 2, sp: 4, program: 'layerForward' }),
      );
    }
    return cases;
  });
}

/** What a user could notice: elements, shapes, errors and the sizes of messages. */
function visible(wanted: Case, implementation: Implementation): string {
  const recording = runWorld(wanted, implementation, { attention: false });
  const sizes = recording.ranks.map(({ events }) =>
    events.flatMap((event) => (event.kind === 'offered' ? [event.sends, event.expects] : [])),
  );
  const calls = outcomesOf(recording, implementation).map(({ ranks }) =>
    ranks.map(({ shape, sha, error, message }) => ({ shape, sha, error, message })),
  );
  return JSON.stringify([calls, sizes]);
}

/** The checks that fail. */
function failures(wanted: Case, implementation: Implementation): string {
  const { findings } = judge(runWorld(wanted, implementation));
  return findings
    .filter(({ status }) => status === 'fail')
    .map(({ check, summary }) => `${check}: ${summary}`)
    .join('\n');
}

function mutationsFrom(places: ReadonlySet<string>): Mutation[] {
  return [...places].flatMap((place) => {
    const [pass, target, use] = place.split(' ');
    const name = TARGETS.find((one) => one === target);
    if (name === undefined) throw new Error(`no target ${target}`);
    return Array.from({ length: VARIANTS[name] }, (_, variant) => ({
      name: `pass ${place}, variant ${variant}`,
      pass: pass === '1' ? (1 as const) : (2 as const),
      target: name,
      use: Number(use),
      variant,
    }));
  });
}

/** Runs every mutant of an implementation on its cases. */
function hunt(id: string): { mutants: number; changing: number; survivors: string[] } {
  const implementation = IMPLEMENTATIONS.find((one) => one.id === id);
  if (implementation === undefined) throw new Error(`no ${id}`);
  const open = mutable(implementation);
  const cases = casesOf(implementation);
  const places = new Set<string>();
  const healthy = cases.map((wanted) => {
    seen = places;
    const looks = visible(wanted, open);
    seen = null;
    return { wanted, looks, failures: failures(wanted, open) };
  });
  const mutations = mutationsFrom(places);
  const survivors: string[] = [];
  let changing = 0;
  for (const one of mutations) {
    let changed = false;
    let caught = false;
    for (const { wanted, looks, failures: before } of healthy) {
      mutation = one;
      const different = visible(wanted, open) !== looks;
      if (different) {
        changed = true;
        caught ||= failures(wanted, open) !== before;
      }
      mutation = null;
      if (caught) break;
    }
    if (changed) changing += 1;
    if (changed && !caught) survivors.push(`${id}: ${one.name}`);
  }
  return { mutants: mutations.length, changing, survivors };
}

describe('mutants of the implementations', () => {
  afterEach(uproot);
  let mutants = 0;
  let changing = 0;

  it.each(IMPLEMENTATIONS.map(({ id }) => id))(
    '%s: no mutant that changes anything survives',
    (id) => {
      plant();
      const result = hunt(id);
      mutants += result.mutants;
      changing += result.changing;
      expect(result.changing).toBeGreaterThan(3);
      expect(result.survivors).toEqual([]);
    },
  );

  it('were at least 300, and most of them changed something', () => {
    expect(mutants).toBeGreaterThanOrEqual(300);
    expect(changing).toBeGreaterThanOrEqual(300);
  });
});
