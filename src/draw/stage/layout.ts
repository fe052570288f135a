import { at } from '../../base/assert.ts';
import { range, repeated } from '../../base/numbers.ts';
import { finish } from '../../base/steps.ts';
import { batchDimOf, sizesOf } from '../../core/contract/contract.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import { hasEnded } from '../../core/recording/standstill.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { GROUP_GAP } from './cells.ts';
import { extentsByTick } from './extents.ts';
import { LANDING_GAP } from './frame.ts';
import { insideOfSmall, isSmall, numberPlace } from './small-card.ts';
import { letterWidth, TYPE } from './type.ts';

/** A rectangle in CSS pixels of the stage. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The distance from one cell to the next, in CSS pixels. */
export interface Pitch {
  readonly x: number;
  readonly y: number;
}

/** Where everything stands on the stage, for a whole trace, in CSS pixels: no card ever moves. */
export interface StageLayout {
  /** Whether cards have no room for words. */
  readonly small: boolean;
  /** Whether cards have a line of words below their cells. */
  readonly footer: boolean;
  /** One card a rank. */
  readonly cards: readonly Box[];
  /** The inside of each card, where cells are drawn. */
  readonly insides: readonly Box[];
  /** Tick by tick, how large cells are: they fill the cards, and change only with the phase. */
  readonly pitches: readonly Pitch[];
  /**
   * Tick by tick, the size in cells that is set in the middle of every card; null where each card's
   * own content is. Memory stays where it is for a whole trace.
   */
  readonly fields: readonly (Size | null)[];
}

const CARD_GAP = 12;
/** Many cards stand closer together: this share of their width. */
const GAP_SHARE = 0.12;
/** Between the border of a card and what is in it, and above, where its words stand. */
const PADDING = { x: 14, head: 31, bottom: 8 };
/** Between an axis and the cells. */
const AXIS_GAP = 6;
/** Below the cells, where a card is high enough: what its rank does, or has decided. */
const FOOTER = { height: 38, from: 196 };
/** Below the cells of a lower card: how memory is read, or a head count that is remembered. */
const LINE_BELOW = { memory: 26, heads: 14 };
/** A rank that can be told by its number is worth smaller cells, and one with words still smaller ones. */
const WORTH = { numbered: 3, worded: 6 };
/** So are rows that each keep their number. */
const NUMBERED_ROWS_BONUS = 1.4;
/** Larger ones would not be seen better. */
const LARGEST_PITCH = { x: 200, y: 84 };
/** From here on cells are whole pixels apart, so that what is in them can be read. */
const LEGIBLE_PITCH = 11;
/** A cell may be this much longer one way than the other. */
const LARGEST_ASPECT = 16;
/** However small they are one way, they may reach so far the other, so that hue and hatch are seen. */
const STRIPE = 32;
/** Words are wider than high: of two ways to lay out cells, wide ones are read better. */
const WORD_ASPECT = 1.6;
/** Rows without a gap at the end are worth smaller cells. */
const FULL_ROWS_BONUS = 1.6;

/** A layout with the size in cells that each tick asks for: one object a phase. */
interface AskedLayout extends StageLayout {
  readonly extents: readonly Size[];
}

/**
 * Lays out a card per rank in a stage of the given size, and finds the cell sizes that fit. `type`
 * is the size of the letters, in CSS pixels. The cards have room for what another stage of that size
 * shows, too, where there is a run `beside` this one.
 */
export function layoutStage(
  trace: Trace,
  size: Size,
  picture: Picture,
  type: number = TYPE,
  beside: Trace | null = null,
): AskedLayout {
  const count = trace.lanes.length;
  const { phases, extents } = extentsOf(trace, picture);
  const asked = [...extents, ...(beside === null ? [] : extentsOf(beside, picture).extents)];
  const line = picture === 'memory' || remembers(trace) ? LINE_BELOW[picture] : 0;
  const axes: Axes = {
    left: letterWidth(type) * rowLetters(trace, picture) + AXIS_GAP,
    top: picture === 'heads' ? type + AXIS_GAP - 2 : 0,
  };
  const inner = (card: Box) => insideOf(card, axes, line, count);
  const worth = (card: Box) => {
    const { height } = inner(card);
    const numbered = asked.every((extent) => height / extent.height >= type);
    if (!isSmall(card)) return WORTH.worded * (numbered ? NUMBERED_ROWS_BONUS : 1);
    return numberPlace(card, count) === null ? 1 : WORTH.numbered;
  };
  const cards = cardsFor(count, asked, size, inner, worth);
  const insides = cards.map(inner);
  const inside = at(insides, 0);
  const each = <T>(of: (extent: Size) => T): T[] =>
    phases.flatMap(({ first, last }, phase) => repeated(of(at(extents, phase)), last - first + 1));
  return {
    small: isSmall(at(cards, 0)),
    footer: hasFooter(at(cards, 0)),
    cards,
    insides,
    extents: each((extent) => extent),
    pitches: each((extent) => pitchFor(extent, inside)),
    fields: each(() => (picture === 'heads' ? null : asked.reduce(union))),
  };
}

/** The phases of a trace, and how much room, in cells, each asks for; perhaps one more that is to come. */
function extentsOf(trace: Trace, picture: Picture) {
  const phases =
    picture === 'heads' ? phasesOf(trace) : [{ first: 0, last: Math.max(0, trace.ticks - 1) }];
  const byTick = finish(extentsByTick(trace, picture));
  const extents = phases.map(({ first, last }) =>
    byTick.slice(first, last + 1).reduce(union, ONE_CELL),
  );
  if (picture === 'heads' && !hasEnded(trace.recording)) {
    const room = roomAhead(trace);
    // Ranks that stand in a collective have its room already.
    if (at(momentsOf(trace), trace.ticks - 1).kind === 'offered') {
      extents[phases.length - 1] = union(at(extents, phases.length - 1), room);
    } else extents.push(room);
  }
  return { phases, extents };
}

const ONE_CELL: Size = { width: 1, height: 1 };

/** What has room for either of two sizes. */
export function union(a: Size, b: Size): Size {
  return { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) };
}

/** The top left, in CSS pixels, of what a card shows at a tick: it stands in the middle of the card. */
export function originOf(
  { insides, pitches, fields }: Pick<StageLayout, 'insides' | 'pitches' | 'fields'>,
  tick: Tick,
  rank: number,
  own: Size,
): { readonly x: number; readonly y: number } {
  const inside = at(insides, rank);
  const pitch = at(pitches, tick);
  const { width, height } = fields[tick] ?? own;
  return {
    x: inside.x + Math.max(0, (inside.width - width * pitch.x) / 2),
    y: inside.y + Math.max(0, (inside.height - height * pitch.y) / 2),
  };
}

/**
 * What ranks that stand will ask for when they go on, as far as the sizes of the case tell it: all
 * heads of a chunk beside some heads of all tokens. So no card moves then.
 */
function roomAhead({ recording: { contract: c }, calls }: Trace): Size {
  const { batch, seq, heads } = sizesOf(c, at(c.calls, at(calls, calls.length - 1).call));
  const gaps = (c.sp - 1) * GROUP_GAP;
  return {
    width: heads + gaps + LANDING_GAP + Math.ceil(heads / c.sp),
    height: batch * seq + gaps,
  };
}

/** Before a collective, in it, and after it: within a phase cells keep their size. */
function phasesOf(trace: Trace): { first: Tick; last: Tick }[] {
  const phases: { first: Tick; last: Tick }[] = [];
  let after: RankEvent['kind'] | null = null;
  for (const { tick, kind } of momentsOf(trace)) {
    const begins =
      after === null ||
      kind === 'called' ||
      (kind === 'offered' && after !== 'offered') ||
      (after === 'received' && kind !== 'received');
    if (begins) phases.push({ first: tick, last: tick });
    else phases[phases.length - 1] = { first: at(phases, phases.length - 1).first, last: tick };
    after = kind;
  }
  return phases;
}

/**
 * The largest cells with which a card's content fills its inside, both ways; longer one way than the
 * other by `aspect` at most.
 */
export function pitchFor(extent: Size, inside: Box, aspect = LARGEST_ASPECT): Pitch {
  const free = {
    x: Math.min(LARGEST_PITCH.x, inside.width / extent.width),
    y: Math.min(LARGEST_PITCH.y, inside.height / extent.height),
  };
  const smaller = Math.min(free.x, free.y);
  const longest = Math.max(STRIPE, smaller * aspect);
  const pitch = { x: Math.min(free.x, longest), y: Math.min(free.y, longest) };
  if (smaller < LEGIBLE_PITCH) return pitch;
  return { x: Math.floor(pitch.x), y: Math.floor(pitch.y) };
}

/**
 * One card a rank, in as many columns as let the cells of the tightest extent come out largest, times
 * what such a card is worth.
 */
export function cardsFor(
  count: number,
  extents: readonly Size[],
  size: Size,
  insideOf: (card: Box) => Box,
  worth: (card: Box) => number = () => 1,
): Box[] {
  let best = { columns: 1, cell: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const card = cardIn(count, columns, size, 0);
    const inside = insideOf(card);
    const cell = Math.min(
      ...extents.map((extent) => {
        const { x, y } = pitchFor(extent, inside);
        return Math.min(x / WORD_ASPECT, y);
      }),
    );
    const whole = count % columns === 0 ? FULL_ROWS_BONUS : 1;
    const value = cell * whole * worth(card);
    if (value > best.cell) best = { columns, cell: value };
  }
  return gridOf(count, best.columns, size);
}

function gridOf(count: number, columns: number, size: Size): Box[] {
  return range(count).map((index) => cardIn(count, columns, size, index));
}

/** One card of a grid. */
function cardIn(count: number, columns: number, size: Size, index: number): Box {
  const rows = Math.ceil(count / columns);
  const gap = Math.min(
    CARD_GAP,
    (GAP_SHARE * size.width) / columns,
    (GAP_SHARE * size.height) / rows,
  );
  const width = (size.width - gap * (columns - 1)) / columns;
  const height = (size.height - gap * (rows - 1)) / rows;
  return {
    x: (index % columns) * (width + gap),
    y: Math.floor(index / columns) * (height + gap),
    width,
    height,
  };
}

/** Whether any rank ever has a head count to show. */
function remembers({ recording: { contract, ranks } }: Trace): boolean {
  return ranks.some(({ events }) =>
    events.some(
      (event) =>
        event.kind === 'remembered' ||
        (event.kind === 'called' && contract.headCount !== 'layer' && event.numKvHeads !== null),
    ),
  );
}

/** What the numbers beside the cells and above them take, in CSS pixels. */
interface Axes {
  readonly left: number;
  readonly top: number;
}

function insideOf(card: Box, axes: Axes, line: number, count: number): Box {
  if (isSmall(card)) return insideOfSmall(card, count);
  const left = PADDING.x + axes.left;
  const top = PADDING.head + axes.top;
  const bottom = hasFooter(card) ? FOOTER.height + PADDING.bottom : PADDING.bottom + line;
  return {
    x: card.x + left,
    y: card.y + top,
    width: Math.max(1, card.width - left - PADDING.x),
    height: Math.max(1, card.height - top - bottom),
  };
}

/** Whether a card is high enough for a line of words below its cells. */
function hasFooter({ height }: Size): boolean {
  return height >= FOOTER.from;
}

/** How many letters the name of a row has at most: "s 12", "b 1 s 12", the number of a slot. */
function rowLetters({ recording }: Trace, picture: Picture): number {
  const { contract: c, ranks } = recording;
  const letters = (last: number) => 1 + String(Math.max(0, last)).length;
  if (picture === 'memory')
    return (
      letters(c.batch * c.seq * Math.max(...c.calls.map(({ heads }) => heads)) * c.headDim) - 1
    );
  // Of a tensor with a strange number of sequences each row is named by the one it is taken for, too.
  const batches = ranks.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'returned' ? [event.output.shape] : [])),
  );
  const strange = Math.max(
    0,
    ...batches
      .map((shape) => (shape.length === 4 ? at(shape, batchDimOf(c)) : c.batch))
      .filter((size) => size !== c.batch),
  );
  return (
    letters(c.seq - 1) +
    (c.batch > 1 ? letters(c.batch - 1) + 1 : 0) +
    (strange > 0 ? letters(strange - 1) + 1 : 0)
  );
}
