import type { Span, Stretch } from '../../store/view.ts';

/** All there is to be seen: `time` ticks on `lanes` lanes. */
export interface Extent {
  readonly time: number;
  readonly lanes: number;
}

/** At the closest, one operation fills the width. */
const SHORTEST_TIME = 1;
/** At the closest, this many lanes share the height: enough for a line of words in each. */
const FEWEST_LANES = 4;

export function wholeOf({ time, lanes }: Extent): Span {
  return { time: { from: 0, to: time }, lanes: { from: 0, to: lanes } };
}

/**
 * Closer by `factor` (> 1) or farther (< 1), with what stands at `about` (ticks, ranks) staying there.
 * Lanes grow with time so that both axes are at their closest together.
 */
export function zoomed(span: Span, extent: Extent, factor: number, about: Spot): Span {
  const steps = Math.log(extent.time / SHORTEST_TIME);
  const most = Math.log(Math.max(1, extent.lanes / FEWEST_LANES));
  return {
    time: scaled(span.time, extent.time, factor, about.tick, SHORTEST_TIME),
    lanes: zoomedLanes(span, extent, factor ** (steps > 0 ? most / steps : 0), about).lanes,
  };
}

/** The same for the lanes alone. */
export function zoomedLanes(span: Span, extent: Extent, factor: number, about: Spot): Span {
  const lanes = scaled(span.lanes, extent.lanes, factor, about.rank, FEWEST_LANES);
  return { ...span, lanes };
}

/** A point of the timeline; both may be fractions. */
export interface Spot {
  readonly tick: number;
  readonly rank: number;
}

/** Moved by so many ticks and ranks, as far as there is something to see. */
export function panned(
  { time, lanes }: Span,
  extent: Extent,
  by: { readonly ticks: number; readonly ranks: number },
): Span {
  return {
    time: placed(time.from + by.ticks, lengthOf(time), extent.time),
    lanes: placed(lanes.from + by.ranks, lengthOf(lanes), extent.lanes),
  };
}

/** Just the ticks from `first` to `last`, on the same lanes; as long as `SHORTEST_TIME` at least. */
export function framing(span: Span, extent: Extent, first: number, last: number): Span {
  const length = Math.max(SHORTEST_TIME, last + 1 - first);
  return { ...span, time: placed(first, length, extent.time) };
}

/**
 * Moved as little as is needed for tick `cursor` to be seen whole, `slack` (a share of the width) away
 * from the edge; centred on it where it is far off.
 */
export function following(span: Span, extent: Extent, cursor: number, slack: number): Span {
  const { time } = span;
  const length = lengthOf(time);
  const margin = Math.min(slack * length, Math.max(0, length - 1) / 2);
  const before = time.from + margin - cursor;
  const after = cursor + 1 - (time.to - margin);
  if (before <= 0 && after <= 0) return span;
  const off = Math.max(before, after);
  if (length < 1 || off > length) {
    return { ...span, time: placed(cursor + 0.5 - length / 2, length, extent.time) };
  }
  return {
    ...span,
    time: placed(time.from + (after > 0 ? after : -before), length, extent.time),
  };
}

/** Moved as little as is needed for the lane of `rank` to be seen whole. */
export function reaching(span: Span, extent: Extent, rank: number): Span {
  const { from, to } = span.lanes;
  const by = rank < from ? rank - from : Math.max(0, rank + 1 - to);
  return by === 0 ? span : panned(span, extent, { ticks: 0, ranks: by });
}

export function isWhole({ time, lanes }: Span, extent: Extent): boolean {
  return lengthOf(time) >= extent.time && lengthOf(lanes) >= extent.lanes;
}

export function lengthOf({ from, to }: Stretch): number {
  return to - from;
}

function scaled(
  stretch: Stretch,
  whole: number,
  factor: number,
  about: number,
  shortest: number,
): Stretch {
  const length = lengthOf(stretch);
  const next = Math.min(whole, Math.max(Math.min(shortest, whole), length / factor));
  const share = (about - stretch.from) / length;
  return placed(about - share * next, next, whole);
}

/** A stretch of that length as near to `from` as lies within [0, whole]. */
function placed(from: number, length: number, whole: number): Stretch {
  const fitting = Math.min(length, whole);
  const start = Math.min(Math.max(0, from), whole - fitting);
  return { from: start, to: start + fitting };
}

/**
 * A span that may come from elsewhere, within what there is to be seen, its ends written down: to a
 * hundredth, as a link carries them.
 */
export function settled({ time, lanes }: Span, extent: Extent): Span {
  return {
    time: within(time, extent.time, SHORTEST_TIME),
    lanes: within(lanes, extent.lanes, FEWEST_LANES),
  };
}

function within({ from, to }: Stretch, whole: number, shortest: number): Stretch {
  const least = Math.min(shortest, whole);
  const start = Math.min(Math.max(0, from), whole - least);
  const end = Math.min(whole, Math.max(start + least, to));
  return { from: hundredths(start), to: hundredths(end) };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
