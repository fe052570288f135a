import { at } from '../../base/assert.ts';
import { sum } from '../../base/numbers.ts';
import { type Coordinates, coordinate, coordinates, type GlobalSizes } from '../../engine/case.ts';

/**
 * Where the elements of a tensor are drawn: heads from left to right, the sequence from top to
 * bottom, whatever shape the program has given the tensor. Positions come from the tensor's own
 * indices and never from where an element should be, so that a misplaced element is seen.
 *
 *   [B, s, H, D]       s rows × H columns
 *   [B, s, P, h, D]    the same, with a gap between the P groups of columns
 *   [P, B, s, h, D]    after the all-to-all: P groups of s rows × h columns
 *
 * The head dim is folded into the cell. Units are cells; a gap between groups is `GROUP_GAP`.
 */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly cells: Cells;
}

/** Cells as columns of numbers, index by index. */
export interface Cells {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The id of the cell's first element. */
  readonly id: Int32Array;
  /** The place of that element in the tensor, row-major. */
  readonly place: Int32Array;
  /** Which tensor of a list it belongs to. */
  readonly tensor: Uint16Array;
}

/** The space between groups of rows or columns, in cells. */
export const GROUP_GAP = 0.4;

type Role = 'column' | 'row' | 'depth';

/** A direction in which one walks through a tensor: `size` steps, `step` places apart. */
interface Axis {
  readonly size: number;
  readonly step: number;
  readonly role: Role;
}

/** A tensor's elements, row-major, with its shape. */
export interface Elements {
  readonly shape: readonly number[];
  readonly ids: Int32Array;
}

/** Arranges one tensor, or the pieces of a list beside (or below) one another. */
export function arrange(tensors: readonly Elements[], sizes: GlobalSizes): Arrangement {
  const parts = tensors.map((tensor) => arrangeOne(tensor, sizes));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return join(parts, sideBySide(tensors, sizes) ? 'column' : 'row');
}

function arrangeOne({ shape, ids }: Elements, sizes: GlobalSizes): Arrangement {
  if (ids.length === 0) return onDemand(0, 0, () => newCells(0));
  const axes = axesOf(shape, ids, sizes);
  const columns = offsets(axes.filter((axis) => axis.role === 'column'));
  const rows = offsets(axes.filter((axis) => axis.role === 'row'));
  return onDemand(columns.extent, rows.extent, () => cellsAt(columns, rows, ids));
}

/** An arrangement whose cells are worked out when they are first drawn; its size is known before. */
function onDemand(width: number, height: number, make: () => Cells): Arrangement {
  let known: Cells | null = null;
  return {
    width,
    height,
    get cells() {
      known ??= make();
      return known;
    },
  };
}

function cellsAt(columns: Offsets, rows: Offsets, ids: Int32Array): Cells {
  const cells = newCells(columns.places.length * rows.places.length);
  let cell = 0;
  rows.places.forEach((rowPlace, row) => {
    columns.places.forEach((columnPlace, column) => {
      const place = rowPlace + columnPlace;
      cells.x[cell] = at(columns.positions, column);
      cells.y[cell] = at(rows.positions, row);
      cells.place[cell] = place;
      cells.id[cell] = at(ids, place);
      cell += 1;
    });
  });
  return cells;
}

/** Every index along some axes: its place in the tensor, and where it is drawn. */
interface Offsets {
  readonly places: readonly number[];
  readonly positions: readonly number[];
  readonly extent: number;
}

function offsets(axes: readonly Axis[]): Offsets {
  let places: readonly number[] = [0];
  let positions: readonly number[] = [0];
  let extent = 1;
  for (const axis of axes.toReversed()) {
    const stride = extent === 1 ? 1 : extent + GROUP_GAP;
    const steps = Array.from({ length: axis.size }, (_, index) => index);
    const inner = { places, positions };
    places = steps.flatMap((index) => inner.places.map((place) => index * axis.step + place));
    positions = steps.flatMap((index) => inner.positions.map((x) => index * stride + x));
    extent = (axis.size - 1) * stride + extent;
  }
  return { places, positions, extent };
}

/**
 * A tensor's dimensions as axes. A dimension that a program merged of several (rows of S·heads·D)
 * is taken apart again where its elements repeat.
 */
function axesOf(shape: readonly number[], ids: Int32Array, sizes: GlobalSizes): Axis[] {
  const axes: Axis[] = [];
  let step = ids.length;
  for (const size of shape) {
    step /= size;
    axes.push(...factored({ size, step }, ids, sizes).filter((axis) => axis.size > 1));
  }
  return axes;
}

function factored(
  { size, step }: { size: number; step: number },
  ids: Int32Array,
  sizes: GlobalSizes,
): Axis[] {
  if (size === 1) return [];
  const start = coordinates(sizes, at(ids, 0));
  const next = coordinates(sizes, at(ids, step));
  const fastest = changed(start, next);
  const role = roleOf(fastest);
  if (fastest !== null) {
    const first = start[fastest];
    for (let index = 2; index < size; index++) {
      if (coordinate(sizes, ids[index * step] ?? 0, fastest) !== first) continue;
      if (size % index !== 0) break;
      const outer = { size: size / index, step: step * index };
      return [...factored(outer, ids, sizes), { size: index, step, role }];
    }
  }
  return [{ size, step, role }];
}

/** The coordinate that tells two neighbours apart: the head before the sequence before the rest. */
function changed(a: Coordinates, b: Coordinates): keyof Coordinates | null {
  if (a.h !== b.h) return 'h';
  if (a.s !== b.s) return 's';
  if (a.b !== b.b) return 'b';
  return a.d === b.d ? null : 'd';
}

function roleOf(coordinate: keyof Coordinates | null): Role {
  switch (coordinate) {
    case 'd':
      return 'depth';
    case 's':
    case 'b':
      return 'row';
    default:
      return 'column';
  }
}

/** Whether the pieces of a list differ in their heads. */
function sideBySide(tensors: readonly Elements[], sizes: GlobalSizes): boolean {
  const filled = tensors.filter((tensor) => tensor.ids.length > 0);
  const [first, second] = filled;
  if (first === undefined || second === undefined) return true;
  const a = coordinates(sizes, at(first.ids, 0));
  const b = coordinates(sizes, at(second.ids, 0));
  return changed(a, b) === 'h';
}

function join(parts: readonly Arrangement[], along: 'column' | 'row'): Arrangement {
  const lengths = parts.map((part) => (along === 'column' ? part.width : part.height));
  const across = Math.max(
    0,
    ...parts.map((part) => (along === 'column' ? part.height : part.width)),
  );
  const starts: number[] = [];
  let next = 0;
  for (const length of lengths) {
    starts.push(next);
    if (length > 0) next += length + GROUP_GAP;
  }
  const length = Math.max(0, next - GROUP_GAP);
  const [width, height] = along === 'column' ? [length, across] : [across, length];
  return onDemand(width, height, () => joinedCells(parts, starts, along));
}

function joinedCells(
  parts: readonly Arrangement[],
  starts: readonly number[],
  along: 'column' | 'row',
): Cells {
  const cells = newCells(sum(parts.map((part) => part.cells.count)));
  let cell = 0;
  parts.forEach((part, tensor) => {
    const start = at(starts, tensor);
    for (let index = 0; index < part.cells.count; index++, cell++) {
      cells.x[cell] = at(part.cells.x, index) + (along === 'column' ? start : 0);
      cells.y[cell] = at(part.cells.y, index) + (along === 'row' ? start : 0);
      cells.id[cell] = at(part.cells.id, index);
      cells.place[cell] = at(part.cells.place, index);
      cells.tensor[cell] = tensor;
    }
  });
  return cells;
}

function newCells(count: number): Cells {
  return {
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    id: new Int32Array(count),
    place: new Int32Array(count),
    tensor: new Uint16Array(count),
  };
}
