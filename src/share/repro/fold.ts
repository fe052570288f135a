import { at } from '../../base/assert.ts';
import { sameNumbers } from '../../base/numbers.ts';
import type { SharedHole, SharedLine } from './merge.ts';

/** Lines that are run `count` times; numbers that grow with each time say by how much. */
export interface Loop {
  readonly count: number;
  readonly lines: readonly SharedLine[];
  /** By line and part: what is added each time, 0 for what stays. */
  readonly growth: readonly (readonly number[])[];
}

/** Blocks that stand several times behind one another, as loops; everything else as it is. */
export function folded(lines: readonly SharedLine[]): (SharedLine | Loop)[] {
  const result: (SharedLine | Loop)[] = [];
  for (let start = 0; start < lines.length; ) {
    const loop = loopAt(lines, start);
    result.push(loop ?? at(lines, start));
    start += loop === null ? 1 : loop.count * loop.lines.length;
  }
  return result;
}

const FEWEST_TIMES = 3;

function loopAt(lines: readonly SharedLine[], start: number): Loop | null {
  const longest = Math.floor((lines.length - start) / FEWEST_TIMES);
  for (let length = 2; length <= longest; length++) {
    const block = (time: number) => lines.slice(start + time * length, start + (time + 1) * length);
    const growth = growthBetween(block(0), block(1));
    if (growth === null) continue;
    let count = 2;
    while (continues(block(count - 1), block(count), growth)) count += 1;
    if (count >= FEWEST_TIMES) return { count, lines: block(0), growth };
  }
  return null;
}

function continues(
  a: readonly SharedLine[],
  b: readonly SharedLine[],
  growth: readonly (readonly number[])[],
): boolean {
  const next = growthBetween(a, b);
  return next?.every((row, index) => sameNumbers(row, at(growth, index))) === true;
}

/** By how much each number of `b` is larger than its fellow in `a`; null unless all else is equal. */
function growthBetween(a: readonly SharedLine[], b: readonly SharedLine[]): number[][] | null {
  if (a.length !== b.length) return null;
  const rows: number[][] = [];
  for (const [index, line] of a.entries()) {
    const other = at(b, index);
    if (line.key !== other.key || !sameNumbers(line.ranks, other.ranks)) return null;
    const row: number[] = [];
    for (const [place, part] of line.parts.entries()) {
      const fellow = at(other.parts, place);
      if (typeof part === 'string' || typeof fellow === 'string') row.push(0);
      else {
        const growth = growthOf(part, fellow);
        if (growth === null) return null;
        row.push(growth);
      }
    }
    rows.push(row);
  }
  return rows;
}

function growthOf(a: SharedHole, b: SharedHole): number | null {
  let growth: number | null = null;
  for (const [rank, numbers] of a.byRank.entries()) {
    for (const [index, number] of (numbers ?? []).entries()) {
      const more = (b.byRank[rank]?.[index] ?? Number.NaN) - number;
      if (growth !== null && more !== growth) return null;
      growth = more;
    }
  }
  return growth !== null && growth !== 0 && a.list ? null : (growth ?? 0);
}
