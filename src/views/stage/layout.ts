import { at } from '../../base/assert.ts';
import { repeated } from '../../base/numbers.ts';
import { sizesOf } from '../../engine/case.ts';
import type { RankEvent } from '../../engine/event.ts';
import { hasEnded } from '../../engine/standstill.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { GROUP_GAP } from './cells.ts';
import { extentOf, LANDING_GAP } from './frame.ts';

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

const CARD_GAP = 16;
/** Many cards stand closer together: this share of their width. */
const GAP_SHARE = 0.12;
const PADDING = { x: 16, top: 38, bottom: { heads: 18, memory: 36 }, labels: 24 };
/** Below the cells, where ranks remember a head count and say so. */
const STATE_HEIGHT = 18;
/** A card without room for words is filled with its cells, beside its rank's number or below it. */
const SMALL_CARD = { width: 100, height: 74 };
const NUMBER = {
  left: 5,
  digit: 6.7,
  gap: 4,
  right: 5,
  line: 17,
  beside: { width: 26, height: 14 },
  above: { height: 30 },
};
/** What is left free between the border of a small card and its cells: a share of it, and at most. */
const RIM = { share: 0.08, most: 4 };
/** The width of a ✕ beside a number. */
const SIGN = 8;
/** A rank that can be told by its number is worth smaller cells. */
const NUMBERED_BONUS = 3;
const LARGEST_PITCH = 36;
/** From here on cells are square and whole pixels apart, so that what is in them can be read. */
const SQUARE_PITCH = 11;
/** A smaller cell may be this much longer one way than the other. */
const LARGEST_ASPECT = 8;
/** However small they are one way, they may reach so far the other, so that hue and hatch are seen. */
const STRIPE = 12;
/** Rows without a gap at the end are worth slightly smaller cells. */
const FULL_ROWS_BONUS = 1.25;

/** Lays out a card a rank in a stage of the given size, and finds the cell sizes that fit. */
export function layoutStage(trace: Trace, size: Size, picture: Picture): StageLayout {
  const phases =
    picture === 'heads' ? phasesOf(trace) : [{ first: 0, last: Math.max(0, trace.ticks - 1) }];
  const count = trace.lanes.length;
  const extents = phases.map(({ first, last }) => extentOf(trace, first, last, picture));
  if (picture === 'heads' && !hasEnded(trace.recording)) {
    const room = roomAhead(trace);
    const here = at(extents, phases.length - 1);
    // Ranks that stand in a collective have its room already.
    if (at(momentsOf(trace), trace.ticks - 1).kind === 'offered') {
      extents[phases.length - 1] = {
        width: Math.max(here.width, room.width),
        height: Math.max(here.height, room.height),
      };
    } else extents.push(room);
  }
  const below = picture === 'heads' && remembers(trace) ? STATE_HEIGHT : 0;
  const inner = (card: Box) => insideOf(card, PADDING.bottom[picture] + below, count);
  const worth = (card: Box) =>
    isSmall(card) && numberPlace(card, count) === null ? 1 : NUMBERED_BONUS;
  const cards = cardsFor(count, extents, size, inner, worth);
  const insides = cards.map(inner);
  const inside = at(insides, 0);
  const each = <T>(of: (extent: Size) => T): T[] =>
    phases.flatMap(({ first, last }, phase) => repeated(of(at(extents, phase)), last - first + 1));
  return {
    small: isSmall(at(cards, 0)),
    cards,
    insides,
    pitches: each((extent) => pitchFor(extent, inside)),
    fields: each((extent) => (picture === 'heads' ? null : extent)),
  };
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
function roomAhead({ recording: { case: c }, calls }: Trace): Size {
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
 * The largest cells with which a card's content fits its inside. Small ones may be longer one way
 * than the other, by `aspect` at most.
 */
export function pitchFor(extent: Size, inside: Box, aspect = LARGEST_ASPECT): Pitch {
  const free = {
    x: Math.min(LARGEST_PITCH, inside.width / extent.width),
    y: Math.min(LARGEST_PITCH, inside.height / extent.height),
  };
  const smaller = Math.min(free.x, free.y);
  if (smaller >= SQUARE_PITCH) return { x: Math.floor(smaller), y: Math.floor(smaller) };
  const longest = Math.max(STRIPE, smaller * aspect);
  return { x: Math.min(free.x, longest), y: Math.min(free.y, longest) };
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
    const card = at(gridOf(count, columns, size), 0);
    const inside = insideOf(card);
    const cell = Math.min(
      ...extents.map((extent) => {
        const { x, y } = pitchFor(extent, inside);
        return Math.min(x, y);
      }),
    );
    const whole = count % columns === 0 ? FULL_ROWS_BONUS : 1;
    const value = cell * whole * worth(card);
    if (value > best.cell) best = { columns, cell: value };
  }
  return gridOf(count, best.columns, size);
}

function gridOf(count: number, columns: number, size: Size): Box[] {
  const rows = Math.ceil(count / columns);
  const gap = Math.min(
    CARD_GAP,
    (GAP_SHARE * size.width) / columns,
    (GAP_SHARE * size.height) / rows,
  );
  const width = (size.width - gap * (columns - 1)) / columns;
  const height = (size.height - gap * (rows - 1)) / rows;
  return Array.from({ length: count }, (_, index) => ({
    x: (index % columns) * (width + gap),
    y: Math.floor(index / columns) * (height + gap),
    width,
    height,
  }));
}

/** Whether a card has no room for words, only for its rank's number, or not even for that. */
export function isSmall({ width, height }: Size): boolean {
  return width < SMALL_CARD.width || height < SMALL_CARD.height;
}

/** Where a small card has room for its rank's number, one of `count`; null where it has none. */
export function numberPlace({ width, height }: Size, count: number): 'beside' | 'above' | null {
  const { left, right, beside, above } = NUMBER;
  const taken = numberWidth(count);
  if (width >= left + taken + beside.width && height >= beside.height) return 'beside';
  return width >= left + taken + right && height >= above.height ? 'above' : null;
}

/** The width of the longest number of `count` ranks, in CSS pixels. */
function numberWidth(count: number): number {
  return String(count - 1).length * NUMBER.digit;
}

/** In a small card, where the number and the sign of what is wrong stand: baselines, from its top left. */
export function signPlaces(
  card: Size,
  count: number,
): { readonly number: number; readonly sign: { readonly x: number; readonly y: number } | null } {
  const number = Math.min(14, card.height / 2 + 4);
  const { left, right } = NUMBER;
  if (numberPlace(card, count) === 'beside') {
    return { number, sign: card.height >= 32 ? { x: left, y: 28 } : null };
  }
  const x = card.width - right - SIGN;
  return { number, sign: x >= left + numberWidth(count) + 2 ? { x, y: number } : null };
}

function rimOf(length: number): number {
  return Math.max(1, Math.min(RIM.most, RIM.share * length));
}

/** Whether any rank ever has a head count to show. */
function remembers({ recording: { case: c, ranks } }: Trace): boolean {
  return (
    c.numKvHeadsBefore !== null ||
    ranks.some(({ events }) => events.some(({ kind }) => kind === 'remembered'))
  );
}

function insideOf(card: Box, bottom: number, count: number): Box {
  if (isSmall(card)) {
    const rim = { x: rimOf(card.width), y: rimOf(card.height) };
    const place = numberPlace(card, count);
    const left = place === 'beside' ? NUMBER.left + numberWidth(count) + NUMBER.gap : rim.x;
    const right = place === 'beside' ? NUMBER.right : rim.x;
    const top = place === 'above' ? NUMBER.line : rim.y;
    return {
      x: card.x + left,
      y: card.y + top,
      width: card.width - left - right,
      height: card.height - top - rim.y,
    };
  }
  return {
    x: card.x + PADDING.x + PADDING.labels,
    y: card.y + PADDING.top,
    width: Math.max(1, card.width - 2 * PADDING.x - PADDING.labels),
    height: Math.max(1, card.height - PADDING.top - bottom),
  };
}
