import { assert, at } from '../../base/assert.ts';
import { range, repeated } from '../../base/numbers.ts';
import type { Rank } from '../../core/recording/event.ts';
import { type Hole, type Statement, skeleton } from './statement.ts';

/** A line that some ranks run, with the numbers that each of them has in it. */
export interface SharedLine {
  readonly key: string;
  readonly parts: readonly (string | SharedHole)[];
  readonly shape: SharedHole | null;
  readonly ranks: readonly Rank[];
}

/** A hole's numbers by rank; undefined on ranks that do not run the line. */
export interface SharedHole {
  readonly list: boolean;
  readonly byRank: readonly (readonly number[] | undefined)[];
}

/**
 * The lines of all ranks as one list, in which every rank finds its own lines in its own order. Ranks
 * whose lines differ only in numbers share all of them; the others share what they can.
 */
export function mergeRanks(ranks: readonly (readonly Statement[])[]): SharedLine[] {
  const groups = new Map<string, SharedLine[]>();
  ranks.forEach((statements, rank) => {
    const own = statements.map((statement) => lineOf(statement, rank, ranks.length));
    const key = own.map((line) => line.key).join('\n');
    const known = groups.get(key);
    groups.set(key, known === undefined ? own : joinPairs(known, own));
  });
  return [...groups.values()].reduce((merged, lines) => interleaved(merged, lines), []);
}

function lineOf(statement: Statement, rank: Rank, worldSize: number): SharedLine {
  const shared = ({ list, numbers }: Hole): SharedHole => ({
    list,
    byRank: range(worldSize).map((index) => (index === rank ? numbers : undefined)),
  });
  return {
    key: skeleton(statement),
    parts: statement.parts.map((part) => (typeof part === 'string' ? part : shared(part))),
    shape: statement.shape === null ? null : shared({ list: true, numbers: statement.shape }),
    ranks: [rank],
  };
}

function joinPairs(a: readonly SharedLine[], b: readonly SharedLine[]): SharedLine[] {
  return a.map((line, index) => joined(line, at(b, index)));
}

function joined(a: SharedLine, b: SharedLine): SharedLine {
  const both = (one: SharedHole, other: SharedHole): SharedHole => ({
    list: one.list,
    byRank: one.byRank.map((numbers, rank) => numbers ?? other.byRank[rank]),
  });
  return {
    key: a.key,
    parts: a.parts.map((part, index) => {
      const other = at(b.parts, index);
      if (typeof part === 'string') return part;
      assert(typeof other !== 'string', 'lines of one key have the same holes');
      return both(part, other);
    }),
    shape: a.shape === null || b.shape === null ? null : both(a.shape, b.shape),
    ranks: [...a.ranks, ...b.ranks].sort((one, other) => one - other),
  };
}

/** A shortest list that holds both lists in their order: common lines once. */
function interleaved(a: readonly SharedLine[], b: readonly SharedLine[]): SharedLine[] {
  const common = commonLengths(a, b);
  const merged: SharedLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (at(a, i).key === at(b, j).key) merged.push(joined(at(a, i++), at(b, j++)));
    else if (lengthAt(common, i + 1, j) >= lengthAt(common, i, j + 1)) merged.push(at(a, i++));
    else merged.push(at(b, j++));
  }
  return [...merged, ...a.slice(i), ...b.slice(j)];
}

/** For each pair of places, how many lines the rests of both lists have in common. */
function commonLengths(a: readonly SharedLine[], b: readonly SharedLine[]): number[][] {
  const lengths = range(a.length + 1).map(() => repeated(0, b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = at(lengths, i);
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] =
        at(a, i).key === at(b, j).key
          ? lengthAt(lengths, i + 1, j + 1) + 1
          : Math.max(lengthAt(lengths, i + 1, j), at(row, j + 1));
    }
  }
  return lengths;
}

function lengthAt(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return at(at(lengths, i), j);
}
