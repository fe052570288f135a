import { at } from '../../base/assert.ts';
import type { Steps } from '../../base/steps.ts';
import { CELLS_PER_STEP, type Cells } from './cells.ts';

/** Neighbouring cells that belong together. Units are cells, as in the arrangement. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The first cell of each row; `width - 1` others follow it. */
  readonly rows: readonly number[];
}

interface OpenRectangle extends Rectangle {
  height: number;
  readonly rows: number[];
}

/** Positions are sums of gaps; what differs by less is at one place. */
const NEARLY = 0.01;

/** The cell before which a run of neighbours that belong together ends. */
function endOfRun(
  { count, x, y }: Cells,
  first: number,
  together: (one: number, other: number) => boolean,
): number {
  let end = first + 1;
  while (
    end < count &&
    y[end] === y[first] &&
    Math.abs((x[end] ?? 0) - (x[end - 1] ?? 0) - 1) < NEARLY &&
    together(first, end)
  ) {
    end += 1;
  }
  return end;
}

/** Joins neighbours in a row to runs, and runs that stand below one another to rectangles. */
export function* rectanglesOf(
  cells: Cells,
  together: (one: number, other: number) => boolean,
): Steps<Rectangle[]> {
  const list: OpenRectangle[] = [];
  let above: OpenRectangle[] = [];
  let current: OpenRectangle[] = [];
  let row = Number.NaN;
  let candidate = 0;
  for (let first = 0; first < cells.count; ) {
    const y = at(cells.y, first);
    const end = endOfRun(cells, first, together);
    if (y !== row) {
      above = Math.abs(y - row - 1) < NEARLY ? current : [];
      current = [];
      candidate = 0;
      row = y;
    }
    const x = at(cells.x, first);
    const width = end - first;
    while (candidate < above.length && at(above, candidate).x < x) candidate += 1;
    const over = above[candidate];
    if (over?.x === x && over.width === width && together(at(over.rows, 0), first)) {
      over.height += 1;
      over.rows.push(first);
      current.push(over);
    } else {
      const rectangle = { x, y, width, height: 1, rows: [first] };
      list.push(rectangle);
      current.push(rectangle);
    }
    if (end % CELLS_PER_STEP < width) yield;
    first = end;
  }
  return list;
}
