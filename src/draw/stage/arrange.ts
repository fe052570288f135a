import { at } from '../../base/assert.ts';
import { product, sum } from '../../base/numbers.ts';
import type { Steps } from '../../base/steps.ts';
import {
  type BatchDimIdx,
  type Coordinates,
  coordinate,
  coordinates,
  type GlobalSizes,
} from '../../core/contract/case.ts';
import { rowMajorStrides } from '../../core/tensor/shape.ts';
import type { Size } from '../../picture/size.ts';
import {
  type Arrangement,
  CELLS_PER_STEP,
  type Cells,
  type Elements,
  GROUP_GAP,
  newCells,
  onDemand,
} from './cells.ts';

/**
 * Heads × sequence: heads from left to right, the sequence from top to bottom, whatever shape the
 * program has given the tensor. Positions come from the tensor's own indices and never from where an
 * element should be, so that a misplaced element is seen.
 *
 *   [B, s, H, D]       B groups of s rows × H columns
 *   [B, s, P, h, D]    the same, with a gap between the P groups of columns
 *   [P, B, s, h, D]    after the all-to-all: P groups of s rows × h columns
 *
 * The head dim lies within the cell.
 */
type Role = 'column' | 'row' | 'depth';

/** A direction in which one walks through a tensor: `size` steps, `step` places apart. */
interface Axis {
  readonly size: number;
  readonly step: number;
  readonly role: Role;
}

/**
 * Arranges one tensor, or the pieces of a list beside (or below) one another. `batchDimIdx`: where
 * the case has the batch.
 */
export function arrange(
  tensors: readonly Elements[],
  sizes: GlobalSizes,
  batchDimIdx: BatchDimIdx,
): Arrangement {
  const plans = tensors.map((tensor) => planOf(tensor, sizes, batchDimIdx));
  const [only] = plans;
  if (only !== undefined && plans.length === 1) {
    return onDemand({ ...only.size, tensors, depths: [only.depths] }, () => cellsOf(only));
  }
  return join(tensors, plans, differInHeads(tensors.map(readable), sizes) ? 'column' : 'row');
}

/** How one tensor is arranged: so many cells, which are written down when they are first asked for. */
interface Plan {
  readonly size: Size;
  readonly count: number;
  /** How far behind a cell's first element its elements stand, in places. */
  readonly depths: readonly number[];
  /** Writes the cells down, from the one with that index on. */
  write(cells: Cells, from: number): Steps<void>;
}

/** A tensor of whose elements only a few are read. */
export interface Readable {
  readonly shape: readonly number[];
  idAt(place: number): number;
}

function readable({ shape, ids }: Elements): Readable {
  return { shape, idAt: (place) => at(ids, place) };
}

/** The size of `arrange`'s arrangement of the same tensors, for which hardly any element is read. */
export function sizeOf(
  tensors: readonly Readable[],
  sizes: GlobalSizes,
  batchDimIdx: BatchDimIdx,
): Size {
  const [only] = tensors;
  if (only !== undefined && tensors.length === 1) return sizeOfOne(only, sizes, batchDimIdx);
  const along = differInHeads(tensors, sizes) ? 'column' : 'row';
  let [length, across] = [0, 0];
  for (const tensor of tensors) {
    const { width, height } = sizeOfOne(tensor, sizes, batchDimIdx);
    const [next, other] = along === 'column' ? [width, height] : [height, width];
    if (next > 0) length += next + GROUP_GAP;
    across = Math.max(across, other);
  }
  length = Math.max(0, length - GROUP_GAP);
  return along === 'column' ? { width: length, height: across } : { width: across, height: length };
}

function sizeOfOne(tensor: Readable, sizes: GlobalSizes, batchDimIdx: BatchDimIdx): Size {
  if (product(tensor.shape) === 0) return NOTHING;
  const axes = axesOf(tensor, sizes, batchDimIdx);
  return { width: extentOf(along(axes, 'column')), height: extentOf(along(axes, 'row')) };
}

const NOTHING: Size = { width: 0, height: 0 };

function planOf(tensor: Elements, sizes: GlobalSizes, batchDimIdx: BatchDimIdx): Plan {
  const { ids } = tensor;
  if (ids.length === 0) return EMPTY;
  const axes = axesOf(readable(tensor), sizes, batchDimIdx);
  const columns = along(axes, 'column');
  const rows = along(axes, 'row');
  return {
    size: { width: extentOf(columns), height: extentOf(rows) },
    count: countOf(columns) * countOf(rows),
    depths: offsets(along(axes, 'depth')).places,
    write: (cells, from) => writeCells(cells, from, offsets(columns), offsets(rows), ids),
  };
}

const EMPTY: Plan = { size: NOTHING, count: 0, depths: [], *write() {} };

function countOf(axes: readonly Axis[]): number {
  return product(axes.map(({ size }) => size));
}

function* cellsOf({ count, write }: Plan): Steps<Cells> {
  const cells = newCells(count);
  yield* write(cells, 0);
  return cells;
}

function along(axes: readonly Axis[], role: Role): Axis[] {
  return axes.filter((axis) => axis.role === role);
}

function* writeCells(
  cells: Cells,
  from: number,
  columns: Offsets,
  rows: Offsets,
  ids: Int32Array,
): Steps<void> {
  const width = columns.places.length;
  let cell = from;
  for (let row = 0; row < rows.places.length; row++) {
    cells.y.fill(rows.positions[row] ?? 0, cell, cell + width);
    writeRow(cells, cell, columns, rows.places[row] ?? 0, ids);
    cell += width;
    if (cell % CELLS_PER_STEP < width) yield;
  }
}

/** Apart from the steps: a browser makes a plain function fast sooner. */
function writeRow(
  { x, place, id }: Cells,
  from: number,
  { places, positions }: Offsets,
  rowPlace: number,
  ids: Int32Array,
): void {
  for (let column = 0; column < places.length; column++) {
    const cell = from + column;
    const there = rowPlace + (places[column] ?? 0);
    x[cell] = positions[column] ?? 0;
    place[cell] = there;
    id[cell] = ids[there] ?? 0;
  }
}

/** Every index along some axes: its place in the tensor, and where it is drawn. */
interface Offsets {
  readonly places: number[];
  readonly positions: number[];
}

function offsets(axes: readonly Axis[]): Offsets {
  const places = [0];
  const positions = [0];
  let extent = 1;
  for (const { size, step } of axes.toReversed()) {
    const stride = strideOver(extent);
    const inner = places.length;
    for (let index = 1; index < size; index++) {
      for (let one = 0; one < inner; one++) {
        places.push(index * step + (places[one] ?? 0));
        positions.push(index * stride + (positions[one] ?? 0));
      }
    }
    extent += (size - 1) * stride;
  }
  return { places, positions };
}

/** How far some axes reach, in cells: known before any cell is. */
function extentOf(axes: readonly Axis[]): number {
  return axes.reduceRight((extent, { size }) => extent + (size - 1) * strideOver(extent), 1);
}

/** From one group to the next, where a group reaches so far. */
function strideOver(extent: number): number {
  return extent === 1 ? 1 : extent + GROUP_GAP;
}

/** A tensor's dimensions as axes: by the layout of the case, or, where it has another, by its elements. */
function axesOf(tensor: Readable, sizes: GlobalSizes, batchDimIdx: BatchDimIdx): Axis[] {
  return layoutAxes(tensor.shape, sizes, batchDimIdx) ?? readAxes(tensor, sizes);
}

/** A tensor in the layout of the case is read by it, whatever it holds; null for any other. */
function layoutAxes(
  shape: readonly number[],
  { batch, headDim }: GlobalSizes,
  batchDimIdx: BatchDimIdx,
): Axis[] | null {
  if (shape.length !== 4 || shape[3] !== headDim || shape[batchDimIdx] !== batch) return null;
  const roles: readonly Role[] = ['row', 'row', 'column', 'depth'];
  const steps = rowMajorStrides(shape);
  return roles
    .map((role, dim) => ({ role, size: at(shape, dim), step: at(steps, dim) }))
    .filter(({ size }) => size > 1);
}

/**
 * Any other tensor's dimensions as axes. A dimension that a program merged of several (rows of S·heads·D)
 * is taken apart again where its elements repeat.
 */
function readAxes({ shape, idAt }: Readable, sizes: GlobalSizes): Axis[] {
  const axes: Axis[] = [];
  let step = product(shape);
  for (const size of shape) {
    step /= size;
    axes.push(...factored({ size, step }, idAt, sizes).filter((axis) => axis.size > 1));
  }
  return axes;
}

function factored(
  { size, step }: { size: number; step: number },
  idAt: Readable['idAt'],
  sizes: GlobalSizes,
): Axis[] {
  if (size === 1) return [];
  const start = coordinates(sizes, idAt(0));
  const next = coordinates(sizes, idAt(step));
  const fastest = changed(start, next);
  const role = roleOf(fastest);
  if (fastest !== null) {
    const first = start[fastest];
    for (let index = 2; index < size; index++) {
      if (coordinate(sizes, idAt(index * step), fastest) !== first) continue;
      if (size % index !== 0) break;
      const outer = { size: size / index, step: step * index };
      return [...factored(outer, idAt, sizes), { size: index, step, role }];
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
function differInHeads(tensors: readonly Readable[], sizes: GlobalSizes): boolean {
  const isFilled = ({ shape }: Readable) => product(shape) > 0;
  const first = tensors.findIndex(isFilled);
  const second = tensors.findIndex((tensor, index) => index > first && isFilled(tensor));
  if (first < 0 || second < 0) return true;
  const a = coordinates(sizes, at(tensors, first).idAt(0));
  const b = coordinates(sizes, at(tensors, second).idAt(0));
  return changed(a, b) === 'h';
}

/** The pieces of a list, one behind the other. */
function join(
  tensors: readonly Elements[],
  plans: readonly Plan[],
  along: 'column' | 'row',
): Arrangement {
  const lengths = plans.map(({ size }) => (along === 'column' ? size.width : size.height));
  const across = Math.max(
    0,
    ...plans.map(({ size }) => (along === 'column' ? size.height : size.width)),
  );
  const starts: number[] = [];
  let next = 0;
  for (const length of lengths) {
    starts.push(next);
    if (length > 0) next += length + GROUP_GAP;
  }
  const length = Math.max(0, next - GROUP_GAP);
  const [width, height] = along === 'column' ? [length, across] : [across, length];
  const depths = plans.map((plan) => plan.depths);
  return onDemand({ width, height, tensors, depths }, () => joinedCells(plans, starts, along));
}

/** Written where they stay: a list has a piece for each peer, most of which are of a few cells. */
function* joinedCells(
  plans: readonly Plan[],
  starts: readonly number[],
  along: 'column' | 'row',
): Steps<Cells> {
  const cells = newCells(sum(plans.map(({ count }) => count)));
  const positions = along === 'column' ? cells.x : cells.y;
  let first = 0;
  for (const [tensor, { count, write }] of plans.entries()) {
    yield* write(cells, first);
    const start = at(starts, tensor);
    const end = first + count;
    for (let cell = first; cell < end; cell++) positions[cell] = (positions[cell] ?? 0) + start;
    cells.tensor.fill(tensor, first, end);
    first = end;
  }
  return cells;
}
