import { at } from '../../base/assert.ts';
import { sum } from '../../base/numbers.ts';
import {
  type BatchDimIdx,
  type Coordinates,
  coordinate,
  coordinates,
  type GlobalSizes,
} from '../../engine/case.ts';
import { rowMajorStrides } from '../../engine/shape.ts';
import {
  type Arrangement,
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
  return join(parts, differInHeads(tensors, sizes) ? 'column' : 'row');
}

function arrangeOne(tensor: Elements, sizes: GlobalSizes, batchDimIdx: BatchDimIdx): Arrangement {
  const { shape, ids } = tensor;
  if (ids.length === 0) {
    return onDemand({ width: 0, height: 0, tensors: [tensor], depths: [[]] }, () => newCells(0));
  }
  const axes = layoutAxes(shape, sizes, batchDimIdx) ?? axesOf(shape, ids, sizes);
  const along = (role: Role) => axes.filter((axis) => axis.role === role);
  const columns = along('column');
  const rows = along('row');
  const known = {
    width: extentOf(columns),
    height: extentOf(rows),
    tensors: [tensor],
    depths: [offsets(along('depth')).places],
  };
  return onDemand(known, () => cellsAt(offsets(columns), offsets(rows), ids));
}

function cellsAt(columns: Offsets, rows: Offsets, ids: Int32Array): Cells {
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
  }
  return cells;
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
function differInHeads(tensors: readonly Elements[], sizes: GlobalSizes): boolean {
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
  const tensors = parts.flatMap((part) => part.tensors);
  const depths = parts.flatMap((part) => part.depths);
  return onDemand({ width, height, tensors, depths }, () => joinedCells(parts, starts, along));
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
      cells.x[cell] = (part.cells.x[index] ?? 0) + (along === 'column' ? start : 0);
      cells.y[cell] = (part.cells.y[index] ?? 0) + (along === 'row' ? start : 0);
      cells.id[cell] = part.cells.id[index] ?? 0;
      cells.place[cell] = part.cells.place[index] ?? 0;
      cells.tensor[cell] = tensor;
    }
  });
  return cells;
}
