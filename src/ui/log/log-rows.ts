import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { sum } from '../../base/numbers.ts';
import { callTitle } from '../../core/contract/call-title.ts';
import { type LogFilter, parseRanks } from '../../store/log-filter.ts';
import { type Entry, entryOf, quoteText, titleOf } from '../../trace/entry.ts';
import type { PlacedEvent, Tick, Trace } from '../../trace/trace.ts';

/**
 * All events of a trace in causal order: by tick, then rank, then order on the rank. Row n is the
 * event at `indices[n]` on the lane of `ranks[n]`; what is to be said of it is derived when it is
 * wanted.
 */
export interface LogRows {
  readonly count: number;
  readonly ranks: Uint16Array;
  readonly indices: Int32Array;
}

export const rowsOf = memoized(({ lanes, ticks }: Trace): LogRows => {
  const count = sum(lanes.map(({ length }) => length));
  // A place for each tick's events, then the events put there rank by rank.
  const next = new Int32Array(ticks + 1);
  for (const lane of lanes) for (const { tick } of lane) next[tick + 1] = at(next, tick + 1) + 1;
  for (let tick = 0; tick < ticks; tick++) next[tick + 1] = at(next, tick + 1) + at(next, tick);
  const ranks = new Uint16Array(count);
  const indices = new Int32Array(count);
  lanes.forEach((lane, rank) => {
    for (const { tick, index } of lane) {
      const row = at(next, tick);
      next[tick] = row + 1;
      ranks[row] = rank;
      indices[row] = index;
    }
  });
  return { count, ranks, indices };
});

export function placedAt(trace: Trace, row: number): PlacedEvent {
  const { ranks, indices } = rowsOf(trace);
  return at(at(trace.lanes, at(ranks, row)), at(indices, row));
}

export function entryAt(trace: Trace, row: number): Entry {
  const { ranks, indices } = rowsOf(trace);
  return entryOf(trace, at(ranks, row), at(indices, row));
}

/** Of the rows from `from` up to `to`, those that a filter lets through, rising. */
export function rowsMatching(
  trace: Trace,
  filter: LogFilter,
  { from, to }: { readonly from: number; readonly to: number },
): number[] {
  const { ranks } = rowsOf(trace);
  const parsed = parseRanks(filter.goodRanks, trace.lanes.length);
  const text = filter.text.trim().toLowerCase();
  const { calls: all } = trace.recording.contract;
  const calls = all.map((_, call) => callTitle(all, call));
  const found: number[] = [];
  for (let row = from; row < to; row++) {
    if (parsed.ok && !parsed.includes(at(ranks, row))) continue;
    const { event, call } = placedAt(trace, row);
    if (filter.call !== '' && calls[call] !== filter.call) continue;
    if (filter.kind !== '' && titleOf(event) !== filter.kind) continue;
    if (text !== '' && !searchText(trace, row).includes(text)) continue;
    found.push(row);
  }
  return found;
}

const textsOf = memoized((trace: Trace) => new Array<string | undefined>(rowsOf(trace).count));

/** What a search finds a row by. */
function searchText(trace: Trace, row: number): string {
  const texts = textsOf(trace);
  const known = texts[row];
  if (known !== undefined) return known;
  const entry = entryAt(trace, row);
  const text = `${quoteText(entry)} ${entry.kind}`.toLowerCase();
  texts[row] = text;
  return text;
}

/** The first of the rows at or after `tick`, as an index into `rows`; the last one where none is. */
export function firstAt(trace: Trace, rows: ArrayLike<number>, tick: Tick): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placedAt(trace, at(rows, middle)).tick < tick) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, rows.length - 1);
}
