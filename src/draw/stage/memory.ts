import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { product, range, sum } from '../../base/numbers.ts';
import type { Steps } from '../../base/steps.ts';
import type { RankRecording, TensorRef } from '../../core/recording/event.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { isContiguous } from '../../core/tensor/shape.ts';
import type { Size } from '../../picture/size.ts';
import { stateAt } from '../../trace/state.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';
import {
  type Arrangement,
  CELLS_PER_STEP,
  type Cells,
  GROUP_GAP,
  newCells,
  onDemand,
} from './cells.ts';

/**
 * The memory strip: the storages that a rank's tensors look into, slot by slot from the first on,
 * wrapped into rows. A view moves nothing here, for it only reads the same slots in another order;
 * a copy has a strip of its own. So that one sees the difference, a rank has two lines of strips,
 * and what is copied goes to the other one.
 *
 *   line 0   [ 0 1 2 3 4 5 6 7 ]        view, permute: stays
 *   line 1   [ 0 4 1 5 2 6 3 7 ]        contiguous: every element has gone to a new place
 */
export interface Strip {
  /** Slots in a row. */
  readonly wrap: number;
  /** Slots in a cell: 1, or the head dim where there are too many elements to tell them apart. */
  readonly grain: number;
  /** Rows that a line needs at most, in the whole trace. */
  readonly rows: number;
  /** Which of the two lines each storage stands in, rank by rank. */
  readonly lines: readonly ReadonlyMap<number, Line>[];
}

type Line = 0 | 1;

/** With more elements on all ranks together, a cell is all the head dim of one (b, s, h). */
const MOST_SINGLE_SLOTS = 262_144;
/** Strips this many times as wide as high fill a card well, two lines of them. */
const ASPECT = 4;
/** The space between the two lines, in cells. */
const LINE_GAP = 1;

/** How the strips of a trace are drawn: the same at every tick, so that nothing moves by itself. */
export const stripOf = memoized((trace: Trace): Strip => {
  const { recording, lanes } = trace;
  const lines = lanes.map(linesOf);
  const lengths = recording.ranks.map(({ storages }) => storages.map((ids) => ids.length));
  const grain =
    sum(lengths.map((own) => Math.max(0, ...own))) > MOST_SINGLE_SLOTS
      ? recording.contract.headDim
      : 1;
  const first = lanes[0]?.[0]?.event;
  const slots = first?.kind === 'called' ? product(first.input.shape) : 1;
  const wrap = wrapFor(Math.max(1, Math.ceil(slots / grain)));
  let rows = 1;
  for (let tick = 0; tick < trace.ticks; tick++) {
    stateAt(trace, tick).forEach(({ holding }, rank) => {
      for (const line of [0, 1]) {
        const cells = storagesIn(holding)
          .filter((storage) => at(lines, rank).get(storage) === line)
          .map((storage) => Math.ceil(at(at(lengths, rank), storage) / grain));
        rows = Math.max(rows, Math.ceil(sum(cells) / wrap));
      }
    });
  }
  return { wrap, grain, rows, lines };
});

/** A divisor of `slots`, so that rows are full, near the width at which strips fill their card. */
function wrapFor(slots: number): number {
  const wanted = Math.sqrt(ASPECT * slots);
  let best = Math.ceil(wanted);
  let nearest = 2;
  for (let wrap = 1; wrap <= slots; wrap++) {
    if (slots % wrap !== 0) continue;
    const off = Math.max(wrap / wanted, wanted / wrap);
    if (off > nearest) continue;
    best = wrap;
    nearest = off;
  }
  return best;
}

/** What is copied goes to the line in which its source does not stand. */
function linesOf(lane: readonly PlacedEvent[]): ReadonlyMap<number, Line> {
  const lines = new Map<number, Line>();
  const lineOf = (refs: readonly TensorRef[]) => lines.get(refs[0]?.storage ?? -1) ?? 0;
  const settle = (refs: readonly TensorRef[], line: Line) => {
    for (const { storage } of refs) if (!lines.has(storage)) lines.set(storage, line);
  };
  const other = (line: Line): Line => (line === 0 ? 1 : 0);
  let offered: readonly TensorRef[] = [];
  for (const { event } of lane) {
    if (event.kind === 'called') settle([event.input], 0);
    if (event.kind === 'local' && event.inputs.length > 0 && event.moved) {
      settle(event.outputs, other(lineOf(event.inputs)));
    }
    if (event.kind === 'offered') offered = event.inputs;
    if (event.kind === 'received') settle(event.outputs, other(lineOf(offered)));
  }
  return lines;
}

function storagesIn(refs: readonly TensorRef[]): number[] {
  return [...new Set(refs.map(({ storage }) => storage))];
}

/** A storage in its strip: so many cells of a line, from `start` on. */
interface PlacedStorage {
  readonly number: number;
  readonly ids: Int32Array;
  readonly line: Line;
  readonly start: number;
  readonly count: number;
}

/** Where the storages that a rank's tensors look into stand. */
interface Plan extends Size {
  readonly storages: readonly PlacedStorage[];
  /** How many cells there are. */
  readonly count: number;
  /** For each line, the cells before which it is cut. */
  readonly seams: readonly [ReadonlySet<number>, ReadonlySet<number>];
}

/** The size of `arrangeMemory`'s arrangement of the same tensors, for which no element is read. */
export function memorySize(...given: Parameters<typeof planOf>): Size {
  return planOf(...given);
}

/**
 * Arranges the storages that a rank's `refs` look into, in the order in which they are first looked
 * into. `cuts` are the sizes, in elements, into which a collective cuts its only tensor: where one
 * ends, the strip is seen cut.
 */
export function arrangeMemory(
  recording: RankRecording,
  refs: readonly TensorRef[],
  strip: Strip,
  lines: ReadonlyMap<number, Line>,
  cuts: readonly number[] | null,
): Arrangement {
  const plan = planOf(recording, refs, strip, lines, cuts);
  const known = {
    width: plan.width,
    height: plan.height,
    tensors: refs.map((ref) => ({ shape: ref.shape, ids: elementsOf(recording, ref) })),
    depths: refs.map(() => range(strip.grain)),
  };
  return onDemand(known, () => cellsIn(plan, refs, strip));
}

function planOf(
  recording: RankRecording,
  refs: readonly TensorRef[],
  { wrap, grain, rows }: Strip,
  lines: ReadonlyMap<number, Line>,
  cuts: readonly number[] | null,
): Plan {
  const cutAt = cuts === null ? [] : cutsOf(refs, cuts, grain);
  const used: [number, number] = [0, 0];
  const seams = [new Set<number>(), new Set<number>()] as const;
  const storages = storagesIn(refs).map((number) => {
    const ids = at(recording.storages, number);
    const line = lines.get(number) ?? 0;
    const start = used[line];
    const count = Math.ceil(ids.length / grain);
    used[line] += count;
    for (const seam of [0, ...cutAt]) if (seam < count) seams[line].add(start + seam);
    return { number, ids, line, start, count };
  });
  return {
    storages,
    count: used[0] + used[1],
    seams,
    width: Math.max(widthOf(used[0], wrap, seams[0]), widthOf(used[1], wrap, seams[1])),
    height: used[1] > 0 ? rows + LINE_GAP + Math.ceil(used[1] / wrap) : Math.ceil(used[0] / wrap),
  };
}

function* cellsIn(
  { storages, count, seams }: Plan,
  refs: readonly TensorRef[],
  { wrap, grain, rows }: Strip,
): Steps<Cells> {
  const cells = newCells(count);
  cells.place.fill(-1);
  const firstCells = new Map<number, number>();
  let cell = 0;
  for (const { number, ids, line, start, count: own } of storages) {
    firstCells.set(number, cell);
    let apart = 0;
    for (let slot = 0; slot < own; slot++, cell++) {
      const column = (start + slot) % wrap;
      if (column === 0 || slot === 0) apart = seamsBefore(start + slot, wrap, seams[line]);
      else if (seams[line].has(start + slot)) apart += GROUP_GAP;
      cells.x[cell] = column + apart;
      cells.y[cell] = line * (rows + LINE_GAP) + Math.floor((start + slot) / wrap);
      cells.id[cell] = at(ids, slot * grain);
      if (cell % CELLS_PER_STEP === 0) yield;
    }
  }
  for (const [tensor, ref] of refs.entries()) {
    const first = firstCells.get(ref.storage) ?? 0;
    for (const [place, slot] of slotsOf(ref).entries()) {
      if (place % CELLS_PER_STEP === 0) yield;
      if (slot % grain !== 0) continue;
      cells.place[first + slot / grain] = place;
      cells.tensor[first + slot / grain] = tensor;
    }
  }
  return cells;
}

/** How far the seams of its row, one before the cell itself too, set a cell of a line apart. */
function seamsBefore(cell: number, wrap: number, seams: ReadonlySet<number>): number {
  const first = cell - (cell % wrap);
  let apart = 0;
  for (let before = first + 1; before <= cell; before++) if (seams.has(before)) apart += GROUP_GAP;
  return apart;
}

/** The width of a line of `count` cells, in cells. */
function widthOf(count: number, wrap: number, seams: ReadonlySet<number>): number {
  const ends = [...seams, ...range(Math.ceil(count / wrap)).map((row) => (row + 1) * wrap), count];
  const widths = ends.map((end) => {
    const last = Math.min(end, count) - 1;
    return last < 0 ? 0 : (last % wrap) + 1 + seamsBefore(last, wrap, seams);
  });
  return Math.max(0, ...widths);
}

/** The cells of its storage before which a tensor that lies in one piece is cut. */
function cutsOf(refs: readonly TensorRef[], cuts: readonly number[], grain: number): number[] {
  const [only] = refs;
  if (only === undefined || refs.length > 1 || !isContiguous(only.shape, only.strides)) return [];
  let end = only.offset;
  return cuts.map((cut) => {
    end += cut;
    return Math.floor(end / grain);
  });
}

/** Each place of a tensor, row-major: the slot of its storage where that element stands. */
export function slotsOf({ shape, strides, offset }: TensorRef): Int32Array {
  let slots = Int32Array.of(offset);
  shape.forEach((size, dim) => {
    const stride = at(strides, dim);
    const wider = new Int32Array(slots.length * size);
    for (let place = 0; place < wider.length; place++) {
      wider[place] = at(slots, Math.floor(place / size)) + (place % size) * stride;
    }
    slots = wider;
  });
  return slots;
}
