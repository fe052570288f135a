import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { finish, type Steps } from '../../base/steps.ts';

/** A tensor's elements, row-major, with its shape. */
export interface Elements {
  readonly shape: readonly number[];
  readonly ids: Int32Array;
}

/**
 * Where the elements of what a rank holds are drawn. Units are cells; a cell is one element, or all
 * the head dim of one (b, s, h).
 */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly cells: Cells;
  /** The same, worked out in steps where they are not known yet. */
  cellsInSteps(): Steps<Cells>;
  /** The tensors whose elements they are. */
  readonly tensors: readonly Elements[];
  /** For each tensor, how far behind a cell's first element its elements stand, in places. */
  readonly depths: readonly (readonly number[])[];
}

/** Cells as columns of numbers, index by index. */
export interface Cells {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The id of the cell's first element. */
  readonly id: Int32Array;
  /** The place of that element in the tensor, row-major; -1 where no tensor looks. */
  readonly place: Int32Array;
  /** Which tensor of a list it belongs to. */
  readonly tensor: Uint16Array;
}

/** The space between groups of rows or columns, in cells. */
export const GROUP_GAP = 0.4;

/** So many cells are seen to in one step: in two or three milliseconds. */
export const CELLS_PER_STEP = 32_768;

/** Room for so many cells, all at the origin: in one piece of memory, as each has to be tidied up. */
export function newCells(count: number): Cells {
  const column = 4 * count;
  const memory = new ArrayBuffer(4 * column + 2 * count);
  return {
    count,
    x: new Float32Array(memory, 0, count),
    y: new Float32Array(memory, column, count),
    id: new Int32Array(memory, 2 * column, count),
    place: new Int32Array(memory, 3 * column, count),
    tensor: new Uint16Array(memory, 4 * column, count),
  };
}

/** An arrangement whose cells are worked out when they are first drawn; its size is known before. */
export function onDemand(
  known: Omit<Arrangement, 'cells' | 'cellsInSteps'>,
  make: () => Steps<Cells>,
): Arrangement {
  let cells: Cells | null = null;
  function* cellsInSteps(): Steps<Cells> {
    cells ??= yield* make();
    return cells;
  }
  return {
    ...known,
    get cells() {
      return cells ?? finish(cellsInSteps());
    },
    cellsInSteps,
  };
}

/** Says in which cell an element is drawn; -1 for none. */
type CellFinder = (tensor: number, place: number) => number;

/** The finder of an arrangement, for whoever looks for many of its elements. */
export const cellFinder = memoized(({ cells, tensors, depths }: Arrangement): CellFinder => {
  // The cells of all places, tensor after tensor.
  const starts = [0];
  for (const { ids } of tensors) starts.push(at(starts, starts.length - 1) + ids.length);
  const byPlace = new Int32Array(at(starts, tensors.length)).fill(-1);
  for (let cell = 0; cell < cells.count; cell++) {
    const place = cells.place[cell] ?? -1;
    if (place < 0) continue;
    const tensor = cells.tensor[cell] ?? 0;
    const first = at(starts, tensor) + place;
    for (const behind of at(depths, tensor)) byPlace[first + behind] = cell;
  }
  return (tensor, place) => {
    const start = starts[tensor];
    const end = starts[tensor + 1];
    if (start === undefined || end === undefined || place < 0 || place >= end - start) return -1;
    return byPlace[start + place] ?? -1;
  };
});

/** The cell in which an element is drawn; -1 for none. */
export function cellOf(arrangement: Arrangement, tensor: number, place: number): number {
  return cellFinder(arrangement)(tensor, place);
}

/** Which of its cell's elements an element is: 0 to head dim - 1. */
export function depthOf(
  { cells, depths }: Arrangement,
  cell: number,
  tensor: number,
  place: number,
): number {
  return at(depths, tensor).indexOf(place - at(cells.place, cell));
}

/** The place and the id of the `depth`-th element of a cell; null where no tensor looks. */
export function elementIn(
  { cells, depths, tensors }: Arrangement,
  cell: number,
  depth: number,
): { readonly tensor: number; readonly place: number; readonly id: number } | null {
  const first = at(cells.place, cell);
  if (first < 0) return null;
  const tensor = at(cells.tensor, cell);
  const place = first + at(at(depths, tensor), depth);
  return { tensor, place, id: at(at(tensors, tensor).ids, place) };
}
