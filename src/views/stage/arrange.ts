import { at } from '../../base/assert.ts';
import { product, sum } from '../../base/numbers.ts';
import type { Steps } from '../../base/steps.ts';
import {
  type BatchDimIdx,
  type Coordinates,
  coordinate,
  coordinates,
  type GlobalSizes,
} from '../../engine/case.ts';
import { rowMajorStrides } from '../../engine/shape.ts';
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
  const parts = tensors.map((tensor) => arrangeOne(tensor, sizes, batchDimIdx));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return join(parts, differInHeads(tensors.map(readable), sizes) ? 'column' : 'row');
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

function arrangeOne(tensor: Elements, sizes: GlobalSizes, batchDimIdx: BatchDimIdx): Arrangement {
  const { ids } = tensor;
  if (ids.length === 0) {
    return onDemand({ ...NOTHING, tensors: [tensor], depths: [[]] }, () =>
      cellsAt(NOWHERE, NOWHERE, ids),
    );
  }
  const axes = axesOf(readable(tensor), sizes, batchDimIdx);
  const columns = along(axes, 'column');
  const rows = along(axes, 'row');
  const known = {
    width: extentOf(columns),
    height: extentOf(rows),
    tensors: [tensor],
    depths: [offsets(along(axes, 'depth')).places],
  };
  return onDemand(known, () => cellsAt(offsets(columns), offsets(rows), ids));
}

function along(axes: readonly Axis[], role: Role): Axis[] {
  return axes.filter((axis) => axis.role === role);
}

function* cellsAt(columns: Offsets, rows: Offsets, ids: Int32Array): Steps<Cells> {
  const width = columns.places.length;
  const cells = newCells(width * rows.places.length);
  let cell = 0;
  for (let row = 0; row < rows.places.length; row++) {
    const rowPlace = rows.places[row] ?? 0;
    cells.x.set(columns.positions, cell);
    cells.y.fill(rows.positions[row] ?? 0, cell, cell + width);
    for (let column = 0; column < width; column++) {
      const place = rowPlace + (columns.places[column] ?? 0);
      cells.place[cell] = place;
      cells.id[cell] = ids[place] ?? 0;
      cell += 1;
    }
    if (cell % CELLS_PER_STEP < width) yield;
  }
  return cells;
}

/** Every index along some axes: its place in the tensor, and where it is drawn. */
interface Offsets {
  readonly places: number[];
  readonly positions: number[];
}

const NOWHERE: Offsets = { places: [], positions: [] };

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
  const tensors = parts.flatMap((part) => part.tensors);
  const depths = parts.flatMap((part) => part.depths);
  return onDemand({ width, height, tensors, depths }, () => joinedCells(parts, starts, along));
}

function* joinedCells(
  parts: readonly Arrangement[],
  starts: readonly number[],
  along: 'column' | 'row',
): Steps<Cells> {
  const cellsOf: Cells[] = [];
  for (const part of parts) cellsOf.push(yield* part.cellsInSteps());
  const cells = newCells(sum(cellsOf.map(({ count }) => count)));
  let cell = 0;
  for (const [tensor, part] of cellsOf.entries()) {
    const start = at(starts, tensor);
    for (let index = 0; index < part.count; index++, cell++) {
      cells.x[cell] = (part.x[index] ?? 0) + (along === 'column' ? start : 0);
      cells.y[cell] = (part.y[index] ?? 0) + (along === 'row' ? start : 0);
      cells.id[cell] = part.id[index] ?? 0;
      cells.place[cell] = part.place[index] ?? 0;
      cells.tensor[cell] = tensor;
      if (cell % CELLS_PER_STEP === 0) yield;
    }
  }
  return cells;
}
