import { range } from '../../base/numbers.ts';
import { callTitle } from '../../core/contract/call-title.ts';
import { hasEnded } from '../../core/recording/standstill.ts';
import type { Size } from '../../picture/size.ts';
import type { Span } from '../../store/view.ts';
import { areAllAlike } from '../../trace/alike.ts';
import { causesOf, wrongCalls } from '../../trace/failures.ts';
import { waitsOf } from '../../trace/meetings.ts';
import { phasesOf } from '../../trace/phases.ts';
import type { Trace } from '../../trace/trace.ts';
import { timeScale } from './time-scale.ts';
import { type Extent, lengthOf } from './window.ts';

/** In CSS pixels, as everything here that is not said to be in ticks or ranks. */
/** A bracket above the lanes: level 0 for a call, right above them, level 1 for a phase. */
export interface Bracket {
  readonly level: 0 | 1;
  readonly title: string;
  readonly from: number;
  readonly to: number;
  /** What it spans, in ticks, both ends included. */
  readonly first: number;
  readonly last: number;
  readonly wrong: boolean;
  /** Whether what is wrong begins in it. */
  readonly cause: boolean;
}

/** From `from` up to `to`, which is not among them. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where everything stands on the timeline while a window is shown. */
export interface TimelineLayout {
  readonly size: Size;
  /** Where lanes begin and end. */
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** The width of a tick on average, the height of a lane. */
  readonly pitch: number;
  readonly laneHeight: number;
  /** Whether one lane stands for all ranks, which do the same. */
  readonly folded: boolean;
  /** The ticks and ranks that can be seen, be it in part. */
  readonly ticks: Range;
  readonly ranks: Range;
  /** Lanes and ticks that share a mark where there is no room for one each. */
  readonly bundle: { readonly ranks: number; readonly ticks: number };
  readonly brackets: readonly Bracket[];
  /** From where on nothing has happened yet, as ranks stand there; null where they came to their end. */
  readonly ahead: Range | null;
  /** The ranks whose names fit, with where their lanes have their middle. */
  readonly names: readonly { readonly rank: number; readonly y: number }[];
  xOf(tick: number): number;
  /** The width of a tick: as wide, beside others, as its words. */
  widthOf(tick: number): number;
  tickAt(x: number): number;
  /** The middle of a lane. */
  yOf(rank: number): number;
  /** Rank r from r on: 2.5 is the middle of lane 2. */
  rankAt(y: number): number;
}

/** Space for rank names on the left, for what is drawn at the cursor's ends. */
const MARGIN = { left: 62, right: 18, bottom: 8 };
/** Space for the needle's knob, then for each level of brackets. */
const BRACKET_TOP = 10;
const BRACKET_HEIGHT = 20;
/** A mark is not drawn smaller than this; several share one then. */
const SMALLEST_LANE = 2.5;
const SMALLEST_PITCH = 1.5;
const NAME_HEIGHT = 13;

/**
 * How far the axes go. A rank that waits forever does so beyond the last operation: there is some
 * time left to show it; and ranks that stand have their time before them. Where it `folds`, ranks that
 * all do the same share one lane.
 */
export function extentOf(trace: Trace, folds = false): Extent {
  const { ticks, lanes, recording } = trace;
  const forEver = waitsOf(trace).some(({ until }) => until === null);
  const tail = hasEnded(recording) ? (forEver ? TAIL : NO_TAIL) : AHEAD;
  const free = Math.max(tail.least, Math.ceil(ticks * tail.share));
  const folded = folds && areAllAlike(trace);
  return { time: Math.max(1, ticks + free), lanes: folded ? 1 : lanes.length };
}

/** Time without operations: a share of that with them, and ticks at least. */
const NO_TAIL = { share: 0, least: 0 };
const TAIL = { share: 0.18, least: 5 };
const AHEAD = { share: 0.6, least: 6 };

/** Where everything stands, in CSS pixels of a timeline of that size which shows that span. */
export function layoutTimeline(trace: Trace, span: Span, size: Size): TimelineLayout {
  const phases = phasesOf(trace);
  const levels = phases.length > 0 ? 2 : 1;
  const plot = {
    left: MARGIN.left,
    right: Math.max(MARGIN.left + 1, size.width - MARGIN.right),
    top: BRACKET_TOP + levels * BRACKET_HEIGHT,
    bottom: Math.max(BRACKET_TOP + levels * BRACKET_HEIGHT + 1, size.height - MARGIN.bottom),
  };
  const { time, lanes } = span;
  const { xOf: x, tickAt } = timeScale(trace, time, plot);
  const pitch = (plot.right - plot.left) / lengthOf(time);
  const laneHeight = (plot.bottom - plot.top) / lengthOf(lanes);
  const y = (rank: number) => plot.top + (rank - lanes.from) * laneHeight;
  const ranks = {
    from: Math.floor(lanes.from),
    to: Math.min(trace.lanes.length, Math.ceil(lanes.to)),
  };
  const ticks = { from: Math.floor(time.from), to: Math.min(trace.ticks, Math.ceil(time.to)) };
  const bracket = (
    level: 0 | 1,
    title: string,
    { first, last }: { readonly first: number; readonly last: number },
    wrong = false,
    cause = false,
  ) => {
    const from = Math.max(plot.left, x(first) + 2);
    const to = Math.min(plot.right, x(last + 1) - 2);
    return from < to ? [{ level, title, from, to, first, last, wrong, cause }] : [];
  };
  const end = Math.max(plot.left, x(trace.ticks));
  const ahead =
    hasEnded(trace.recording) || end >= plot.right ? null : { from: end, to: plot.right };
  const wrong = wrongCalls(trace);
  const { calls } = trace.recording.contract;
  const yOf = (rank: number) => y(rank + 0.5);
  // Ranks come in powers of two, and so do the names that are left where not all fit.
  const every = 2 ** Math.max(0, Math.ceil(Math.log2(NAME_HEIGHT / laneHeight)));
  return {
    size,
    plot,
    pitch,
    laneHeight,
    // Of several lanes, more than one is always in sight.
    folded: lengthOf(lanes) <= 1 && trace.lanes.length > 1,
    ranks,
    ticks,
    bundle: {
      ranks: Math.ceil(SMALLEST_LANE / laneHeight),
      ticks: Math.ceil(SMALLEST_PITCH / pitch),
    },
    brackets: [
      ...trace.calls.flatMap(({ call, ...span }) =>
        bracket(0, callTitle(calls, call), span, wrong.has(call), causesOf(trace).call === call),
      ),
      ...phases.flatMap(({ title, ...span }) => bracket(1, title, span)),
    ],
    ahead,
    names: range(ranks.to - ranks.from)
      .map((offset) => ranks.from + offset)
      .filter((rank) => rank % every === 0)
      .map((rank) => ({ rank, y: yOf(rank) }))
      .filter((name) => name.y > plot.top && name.y < plot.bottom),
    xOf: x,
    widthOf: (tick) => x(tick + 1) - x(tick),
    tickAt,
    yOf,
    rankAt: (px) => lanes.from + (px - plot.top) / laneHeight,
  };
}

/** Where the bracket of a level is drawn: the line under its words. */
export function bracketBase({ plot }: TimelineLayout, level: 0 | 1): number {
  return plot.top - 4 - level * BRACKET_HEIGHT;
}

/** What lies under a point: a bracket, a name, or a place on a lane. */
export type Hit =
  | { readonly kind: 'bracket'; readonly bracket: Bracket }
  | { readonly kind: 'name'; readonly rank: number }
  | { readonly kind: 'lane'; readonly rank: number; readonly tick: number };

/** Null in the margins. */
export function hitAt(layout: TimelineLayout, [x, y]: readonly [number, number]): Hit | null {
  const { plot, ranks, ticks, brackets } = layout;
  if (y < plot.top) {
    const level = y < bracketBase(layout, 0) - BRACKET_HEIGHT + 4 ? 1 : 0;
    const bracket = brackets.find((one) => one.level === level && one.from <= x && x <= one.to);
    return bracket === undefined ? null : { kind: 'bracket', bracket };
  }
  const rank = Math.floor(layout.rankAt(y));
  if (rank < ranks.from || rank >= ranks.to || y > plot.bottom) return null;
  if (x < plot.left) return { kind: 'name', rank };
  const tick = Math.floor(layout.tickAt(x));
  return tick < ticks.from || tick >= ticks.to ? null : { kind: 'lane', rank, tick };
}
