/** A stretch of an axis; ends may be fractions. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What the timeline shows of a trace: a stretch of time in ticks, and a stretch of lanes in ranks.
 * Tick t fills [t, t + 1], so does the lane of rank r.
 */
export interface Window {
  readonly time: Stretch;
  readonly lanes: Stretch;
}

/** All there is to be seen: `time` ticks on `lanes` lanes. */
export interface Extent {
  readonly time: number;
  readonly lanes: number;
}

/** At the closest, one operation fills the width. */
const SHORTEST_TIME = 1;
/** At the closest, this many lanes share the height: enough for a line of words in each. */
const FEWEST_LANES = 4;

export function wholeOf({ time, lanes }: Extent): Window {
  return { time: { from: 0, to: time }, lanes: { from: 0, to: lanes } };
}

/**
 * Closer by `factor` (> 1) or farther (< 1), with what stands at `about` (ticks, ranks) staying there.
 * Lanes grow with time so that both axes are at their closest together.
 */
export function zoomed(window: Window, extent: Extent, factor: number, about: Spot): Window {
  const steps = Math.log(extent.time / SHORTEST_TIME);
  const most = Math.log(Math.max(1, extent.lanes / FEWEST_LANES));
  return {
    time: scaled(window.time, extent.time, factor, about.tick, SHORTEST_TIME),
    lanes: zoomedLanes(window, extent, factor ** (steps > 0 ? most / steps : 0), about).lanes,
  };
}

/** The same for the lanes alone. */
export function zoomedLanes(window: Window, extent: Extent, factor: number, about: Spot): Window {
  const lanes = scaled(window.lanes, extent.lanes, factor, about.rank, FEWEST_LANES);
  return { ...window, lanes };
}

/** A point of the timeline; both may be fractions. */
export interface Spot {
  readonly tick: number;
  readonly rank: number;
}

/** Moved by so many ticks and ranks, as far as there is something to see. */
export function panned(
  { time, lanes }: Window,
  extent: Extent,
  by: { readonly ticks: number; readonly ranks: number },
): Window {
  return {
    time: placed(time.from + by.ticks, lengthOf(time), extent.time),
    lanes: placed(lanes.from + by.ranks, lengthOf(lanes), extent.lanes),
  };
}

/** Just the ticks from `first` to `last`, on the same lanes; as long as `SHORTEST_TIME` at least. */
export function framing(window: Window, extent: Extent, first: number, last: number): Window {
  const length = Math.max(SHORTEST_TIME, last + 1 - first);
  return { ...window, time: placed(first, length, extent.time) };
}

/**
 * Moved as little as is needed for tick `cursor` to be seen whole, `slack` (a share of the width) away
 * from the edge; centred on it where it is far off.
 */
export function following(window: Window, extent: Extent, cursor: number, slack: number): Window {
  const { time } = window;
  const length = lengthOf(time);
  const margin = Math.min(slack * length, Math.max(0, length - 1) / 2);
  const before = time.from + margin - cursor;
  const after = cursor + 1 - (time.to - margin);
  if (before <= 0 && after <= 0) return window;
  const off = Math.max(before, after);
  if (length < 1 || off > length) {
    return { ...window, time: placed(cursor + 0.5 - length / 2, length, extent.time) };
  }
  return {
    ...window,
    time: placed(time.from + (after > 0 ? after : -before), length, extent.time),
  };
}

/** Moved as little as is needed for the lane of `rank` to be seen whole. */
export function reaching(window: Window, extent: Extent, rank: number): Window {
  const { from, to } = window.lanes;
  const by = rank < from ? rank - from : Math.max(0, rank + 1 - to);
  return by === 0 ? window : panned(window, extent, { ticks: 0, ranks: by });
}

export function isWhole({ time, lanes }: Window, extent: Extent): boolean {
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
