import { at } from '../../base/assert.ts';
import type { Trace } from '../../trace/trace.ts';
import { entryAt, placedAt, rowsOf } from './log-rows.ts';

/** A row of the table: one event, or the same event on several ranks. */
export interface Fold {
  /** The first of its rows. */
  readonly row: number;
  /** The ranks whose events it stands for, rising. */
  readonly ranks: readonly number[];
  /** Whether the ranks of it are shown one by one; null where there is but one. */
  readonly open: boolean | null;
}

/** Whether a row says the same as the one before it, but for its rank, in the same moment. */
export function saysTheSame(trace: Trace, row: number, before: number): boolean {
  const [one, other] = [placedAt(trace, row), placedAt(trace, before)];
  if (one.tick !== other.tick || one.call !== other.call || one.event.kind !== other.event.kind)
    return false;
  const { rank: a, ...here } = entryAt(trace, row);
  const { rank: b, ...there } = entryAt(trace, before);
  return a !== b && Object.values(here).join('\n') === Object.values(there).join('\n');
}

/**
 * What the table shows of `rows`: those that say the same, one after the other, as one row, and,
 * where that one is `opened`, behind it each by itself. `begins` says of each row whether it says
 * something else than the one before it.
 */
export function foldsOf(
  trace: Trace,
  rows: Int32Array,
  begins: Uint8Array,
  opened: ReadonlySet<number>,
): readonly Fold[] {
  const { ranks } = rowsOf(trace);
  const folds: Fold[] = [];
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && begins[to] === 0) to += 1;
    const own = [...rows.subarray(from, to)].map((row) => at(ranks, row));
    const row = at(rows, from);
    const open = to - from > 1 ? opened.has(row) : null;
    folds.push({ row, ranks: own, open });
    if (open === true) {
      for (let index = from; index < to; index++) {
        folds.push({ row: at(rows, index), ranks: [at(own, index - from)], open: null });
      }
    }
    from = to;
  }
  return folds;
}

/** "2", "0–3", "0, 2–3": numbers that rise. */
export function rangesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === number) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
