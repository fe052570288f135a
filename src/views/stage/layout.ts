import { at } from '../../base/assert.ts';
import type { Trace } from '../../trace/trace.ts';
import { extentOf } from './frame.ts';

/** A rectangle in CSS pixels of the stage. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything stands on the stage, for a whole trace, in CSS pixels: nothing jumps in it. */
export interface StageLayout {
  /** One card a rank. */
  readonly cards: readonly Box[];
  /** The inside of each card, where cells are drawn. */
  readonly insides: readonly Box[];
  /** The distance from one cell to the next. */
  readonly pitch: { readonly x: number; readonly y: number };
  /** Whether cells are large enough for head and sequence labels. */
  readonly labelled: boolean;
}

const CARD_GAP = 16;
const PADDING = { x: 16, top: 38, bottom: 18, labels: 22 };
const LARGEST_PITCH = 36;
/** Below this, labels of single heads and positions would not be read. */
const LABELLED_PITCH = 11;
/** A cell may be this much longer one way than the other. */
const LARGEST_ASPECT = 2.5;

/** Lays out `sp` cards in a stage of the given size and finds the cell size that fits all of a trace. */
export function layoutStage(
  trace: Trace,
  size: { readonly width: number; readonly height: number },
): StageLayout {
  const count = trace.lanes.length;
  const extent = extentOf(trace);
  const columns = bestColumns(count, extent, size);
  const cards = gridOf(count, columns, size);
  const insides = cards.map(insideOf);
  const inside = at(insides, 0);
  const free = {
    x: Math.min(LARGEST_PITCH, inside.width / extent.width),
    y: Math.min(LARGEST_PITCH, inside.height / extent.height),
  };
  const smaller = Math.min(free.x, free.y);
  const pitch =
    smaller >= LABELLED_PITCH
      ? { x: Math.floor(smaller), y: Math.floor(smaller) }
      : {
          x: Math.min(free.x, free.y * LARGEST_ASPECT),
          y: Math.min(free.y, free.x * LARGEST_ASPECT),
        };
  return { cards, insides, pitch, labelled: smaller >= LABELLED_PITCH };
}

function bestColumns(
  count: number,
  extent: { width: number; height: number },
  size: { width: number; height: number },
): number {
  let best = { columns: 1, cell: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const inside = insideOf(at(gridOf(count, columns, size), 0));
    const cell = Math.min(
      LARGEST_PITCH,
      inside.width / extent.width,
      inside.height / extent.height,
    );
    const whole = count % columns === 0 ? 1.05 : 1;
    if (cell * whole > best.cell) best = { columns, cell: cell * whole };
  }
  return best.columns;
}

function gridOf(count: number, columns: number, size: { width: number; height: number }): Box[] {
  const rows = Math.ceil(count / columns);
  const width = (size.width - CARD_GAP * (columns - 1)) / columns;
  const height = (size.height - CARD_GAP * (rows - 1)) / rows;
  return Array.from({ length: count }, (_, index) => ({
    x: (index % columns) * (width + CARD_GAP),
    y: Math.floor(index / columns) * (height + CARD_GAP),
    width,
    height,
  }));
}

function insideOf(card: Box): Box {
  return {
    x: card.x + PADDING.x + PADDING.labels,
    y: card.y + PADDING.top,
    width: Math.max(1, card.width - 2 * PADDING.x - PADDING.labels),
    height: Math.max(1, card.height - PADDING.top - PADDING.bottom),
  };
}
