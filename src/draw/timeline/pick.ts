import { at } from '../../base/assert.ts';
import type { PlacedEvent, Tick, Trace } from '../../trace/trace.ts';
import type { Range } from './timeline-layout.ts';

/** One event a tick that a rank has in these ticks, in order: the last of several that share one. */
export function eventsIn(trace: Trace, rank: number, ticks: Range): PlacedEvent[] {
  const lane = at(trace.lanes, rank);
  const found: PlacedEvent[] = [];
  for (let index = indexAt(lane, ticks.from); index < lane.length; index++) {
    const placed = at(lane, index);
    if (placed.tick >= ticks.to) break;
    if (found.at(-1)?.tick === placed.tick) found[found.length - 1] = placed;
    else found.push(placed);
  }
  return found;
}

/** What `rank` does in `tick`; null where it does nothing. */
export function eventAt(trace: Trace, rank: number, tick: Tick): PlacedEvent | null {
  return eventsIn(trace, rank, { from: tick, to: tick + 1 })[0] ?? null;
}

/** The index of the first event at or after `tick`. */
function indexAt(lane: readonly PlacedEvent[], tick: Tick): number {
  let low = 0;
  let high = lane.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(lane, middle).tick < tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
