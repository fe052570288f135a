import { at } from '../base/assert.ts';
import type { Tick, Trace } from './trace.ts';

/**
 * A tick as one would tell it to somebody: the how-manieth of which call. A change of the program
 * elsewhere leaves it where it was.
 */
export interface CallTick {
  /** Index into the case's calls. */
  readonly call: number;
  /** Ticks since the call began. */
  readonly operation: number;
}

/** The call that a tick lies in, and how far in it. */
export function callTickOf(trace: Trace, tick: Tick): CallTick {
  const span = trace.calls.find(({ last }) => tick <= last) ?? at(trace.calls, 0);
  return { call: span.call, operation: tick - span.first };
}

/** The tick that was told of, or the last one before it that there is. */
export function tickOf(trace: Trace, { call, operation }: CallTick): Tick {
  const span = trace.calls[call];
  return span === undefined ? trace.ticks - 1 : Math.min(span.last, span.first + operation);
}
