import { memoizedInSteps } from '../../base/memo.ts';
import { finish, type Steps } from '../../base/steps.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import type { Stretch } from '../../store/view.ts';
import { kindOf } from '../../trace/event-kinds.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Trace } from '../../trace/trace.ts';

/** Where ticks stand: each is as wide, beside the others, as the words of its marks. */
export interface TimeScale {
  xOf(tick: number): number;
  tickAt(x: number): number;
}

/** Beside its words a mark has its borders, in letters; a short one is still to be hit. */
const BORDERS = 2.4;
const LEAST = 2.6;
/** So many marks are looked at in one step. */
const EVENTS_PER_STEP = 4096;

/** A stretch of time over the plot of a timeline. */
export function timeScale(
  trace: Trace,
  { from, to }: Stretch,
  { left, right }: { readonly left: number; readonly right: number },
): TimeScale {
  const ends = finish(endsOf(trace));
  const [first, last] = [reach(ends, from), reach(ends, to)];
  const scale = (right - left) / (last - first);
  return {
    xOf: (tick) => left + (reach(ends, tick) - first) * scale,
    tickAt: (x) => tickWhere(ends, first + (x - left) / scale),
  };
}

/**
 * How far each tick reaches, where a tick is 1 wide on average: `ends[t]` is where tick t begins. In
 * steps: all words of all marks are looked at.
 */
export const endsOf = memoizedInSteps(function* (trace: Trace): Steps<Float64Array> {
  const widths: number[] = [];
  for (const { events } of momentsOf(trace)) {
    let widest = 0;
    for (const [index, { placed }] of events.entries()) {
      widest = Math.max(widest, lettersOf(placed.event));
      if (index % EVENTS_PER_STEP === 0) yield;
    }
    widths.push(widest);
  }
  const mean = widths.reduce((sum, width) => sum + width, 0) / Math.max(1, widths.length);
  const ends = new Float64Array(widths.length + 1);
  widths.forEach((width, tick) => {
    ends[tick + 1] = (ends[tick] ?? 0) + width / mean;
  });
  // The whole is as long as it has ticks, to the last bit.
  ends[widths.length] = widths.length;
  return ends;
});

function lettersOf(event: RankEvent): number {
  const kind = kindOf(event);
  const [name = ''] = kind.names(event);
  return kind.letters ?? Math.max(LEAST, name.length + BORDERS);
}

/** Where a moment lies. Before the first tick and after the last one, time is as wide as on average. */
function reach(ends: Float64Array, tick: number): number {
  const count = ends.length - 1;
  if (tick <= 0 || tick >= count) return tick;
  const whole = Math.floor(tick);
  const from = ends[whole] ?? 0;
  return from + (tick - whole) * ((ends[whole + 1] ?? from) - from);
}

function tickWhere(ends: Float64Array, place: number): number {
  const count = ends.length - 1;
  if (place <= 0 || place >= count) return place;
  let [low, high] = [0, count];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  const from = ends[low] ?? 0;
  return low + (place - from) / ((ends[high] ?? from) - from);
}
