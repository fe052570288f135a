import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import type { Tick } from '../trace.ts';
import type { Alignment } from './align.ts';

/**
 * One cursor for two traces: side A's. Where it rests on a tick, side B rests on what it did in the
 * same step, or last before it. Steps of B alone are passed on the way to A's next tick; those after
 * A's end belong to that end, so that one side that raised stands beside what the other came to.
 */
interface Axis {
  /** By tick of A: the step at which the cursor rests. */
  readonly stepOfTick: readonly number[];
  /** By step: the tick at which B rests. */
  readonly tickOfB: readonly Tick[];
}

const axisOf = memoized(({ a, steps }: Alignment): Axis => {
  const stepOfTick: number[] = [];
  const tickOfB: Tick[] = [];
  let latest = 0;
  for (const [step, { tickA, tickB }] of steps.entries()) {
    if (tickA !== null) stepOfTick[tickA] = step;
    latest = tickB ?? latest;
    tickOfB.push(latest);
  }
  stepOfTick[a.ticks - 1] = steps.length - 1;
  return { stepOfTick, tickOfB };
});

/** Where A's cursor stands on the common axis, with a fraction while it moves. */
export function stepAt(alignment: Alignment, cursorA: number): number {
  const { stepOfTick } = axisOf(alignment);
  return between(cursorA, (tick) => at(stepOfTick, tick));
}

/** Where B stands when A stands at `cursorA`. */
export function cursorOfB(alignment: Alignment, cursorA: number): number {
  const { stepOfTick, tickOfB } = axisOf(alignment);
  return between(cursorA, (tick) => at(tickOfB, at(stepOfTick, tick)));
}

/** The tick of A at which a step is seen done: its own, or the next where A rests. */
export function tickOfStep({ a, steps }: Alignment, step: number): Tick {
  const own = steps.slice(step).find(({ tickA }) => tickA !== null)?.tickA;
  return own ?? a.ticks - 1;
}

function between(cursor: number, valueAt: (tick: Tick) => number): number {
  const before = Math.floor(cursor);
  const from = valueAt(before);
  if (before === cursor) return from;
  return from + (cursor - before) * (valueAt(before + 1) - from);
}
