import { at } from '../../base/assert.ts';
import { nearlyEqual, range, repeated, sum } from '../../base/numbers.ts';
import { type Dealing, positionsOf, type SequenceOrder, shareLength } from './sequence.ts';

/**
 * Named axes: batch, sequence, heads, head dim; `T` is batch and sequence packed into one, document
 * behind document.
 */
export type Axis = 'B' | 'S' | 'H' | 'D' | 'T';

/** Where the positions of one axis are, among the ranks of a group. */
export type Spread =
  /** On every rank the first `length` of them, each `times` over, next to itself. */
  | { readonly kind: 'whole'; readonly length: number; readonly times: number }
  /** Each position on one rank at most: how long the shares are, and in which order ranks take them. */
  | {
      readonly kind: 'split';
      /** One of `SEQUENCE_SPLITS`, or the length of each share: "5,3,4"; nearly equal where absent. */
      readonly split?: string;
      readonly order: SequenceOrder;
    }
  /**
   * As many on each rank as it came to hold, which a run shows and nothing says before: those that
   * follow on the ranks before it, or r, r+P, r+2P …; each position `times` over.
   */
  | {
      readonly kind: 'held';
      readonly order: 'contiguous' | 'strided';
      readonly times: number;
    };

/** Where a tensor is: its axes from the outermost on, and how each is spread; whole, where nothing is said. */
export interface Layout {
  readonly axes: readonly Axis[];
  readonly spread: Partial<Readonly<Record<Axis, Spread>>>;
}

/** How many positions each axis of a whole tensor has. */
export type Sizes = Readonly<Record<Axis, number>>;

/** The sizes of a tensor [B, S, H, D]; `T` has B·S. */
export function sizesByAxis(batch: number, seq: number, heads: number, headDim: number): Sizes {
  return { B: batch, S: seq, H: heads, D: headDim, T: batch * seq };
}

/** All that decides where the elements of a tensor are. */
export interface Placed {
  readonly layout: Layout;
  readonly sizes: Sizes;
  /** P, the ranks of the group. */
  readonly sp: number;
  /** How many positions of a `held` axis each rank holds; a rank without one has no part. */
  readonly counts?: readonly (number | null)[];
}

/** The positions of an axis that a rank holds, in its order. */
export function positionsOn(placed: Placed, axis: Axis, rank: number): readonly number[] {
  const { layout, sizes, sp, counts = [] } = placed;
  const size = sizes[axis];
  const spread = layout.spread[axis];
  switch (spread?.kind) {
    case undefined:
      return range(size);
    case 'whole':
      return timesOver(range(spread.length), spread.times);
    case 'split':
      return axis === 'T'
        ? packedShare(size, sp, rank)
        : positionsOf(dealingOn(spread, size, sp), rank);
    case 'held': {
      const all = timesOver(range(size), spread.times);
      if (spread.order === 'strided') return all.filter((_, index) => index % sp === rank);
      const first = sum(counts.slice(0, rank).map((count) => count ?? 0));
      return all.slice(first, first + (counts[rank] ?? 0));
    }
  }
}

/** How an axis of `size` positions is dealt to `sp` ranks. */
export function dealingOn(
  { split, order }: Extract<Spread, { kind: 'split' }>,
  size: number,
  sp: number,
): Dealing {
  return {
    sp,
    seq: size,
    sequenceOrder: order,
    ...(split === undefined ? {} : { sequenceSplit: split }),
  };
}

function packedShare(size: number, sp: number, rank: number): readonly number[] {
  const lengths = nearlyEqual(size, sp);
  const first = sum(lengths.slice(0, rank));
  return range(at(lengths, rank)).map((offset) => first + offset);
}

function timesOver(positions: readonly number[], times: number): readonly number[] {
  return times === 1 ? positions : positions.flatMap((position) => repeated(position, times));
}

/** The shape of a rank's part of a tensor. */
export function shapeOn(placed: Placed, rank: number): number[] {
  return placed.layout.axes.map((axis) => lengthOn(placed, axis, rank));
}

/** How many positions of an axis a rank holds, without a list of them where that is known sooner. */
function lengthOn(placed: Placed, axis: Axis, rank: number): number {
  const { layout, sizes, sp } = placed;
  const spread = layout.spread[axis];
  if (spread === undefined) return sizes[axis];
  if (spread.kind === 'whole') return spread.length * spread.times;
  if (spread.kind === 'split' && axis !== 'T') {
    return shareLength(dealingOn(spread, sizes[axis], sp), rank);
  }
  return positionsOn(placed, axis, rank).length;
}

/** By position of an axis, the rank that holds it; -1 for what no rank holds. */
export function ownersAlong(placed: Placed, axis: Axis): Int32Array {
  const owners = new Int32Array(placed.sizes[axis]).fill(-1);
  for (let rank = 0; rank < placed.sp; rank++) {
    for (const position of positionsOn(placed, axis, rank)) owners[position] = rank;
  }
  return owners;
}

/** How far apart in ids `((b·S + s)·H + h)·D + d` two neighbours along each axis are. */
function apart({ S, H, D }: Sizes): Sizes {
  return { B: S * H * D, S: H * D, T: H * D, H: D, D: 1 };
}

/** Writes the element ids of a rank's part of a tensor, row-major. */
export function writeIds(placed: Placed, rank: number, ids: Int32Array): void {
  const steps = apart(placed.sizes);
  const offsets = placed.layout.axes.map((axis) => {
    const step = steps[axis];
    return Int32Array.from(positionsOn(placed, axis, rank), (position) => position * step);
  });
  const [outer = NOWHERE, inner = NOWHERE] = [
    joined(offsets.slice(0, -2)),
    joined(offsets.slice(-2)),
  ];
  let place = 0;
  for (const first of outer) for (const more of inner) ids[place++] = first + more;
}

/** The offsets of several axes as one, row-major. */
function joined(axes: readonly Int32Array[]): Int32Array | undefined {
  return axes.reduce<Int32Array | undefined>((above, own) => {
    if (above === undefined) return own;
    const all = new Int32Array(above.length * own.length);
    let place = 0;
    for (const first of above) for (const more of own) all[place++] = first + more;
    return all;
  }, undefined);
}

/** What a tensor without axes would be read from: one element, the first. */
const NOWHERE = new Int32Array(1);
