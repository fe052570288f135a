import { at } from '../../base/assert.ts';

/**
 * A list of whole numbers as runs of equal ones: `[length, value, length, value, …]`. What a rank
 * says to its P - 1 peers is nearly always one number or two, and with P = 1,024 a list for each of
 * P ranks on every Worker would fill the machine.
 */
export type Runs = Int32Array;

/** The runs of a list; none for an empty one. */
export function runsOf(list: readonly number[]): Runs {
  const runs: number[] = [];
  let start = 0;
  for (let index = 1; index <= list.length; index++) {
    if (index < list.length && list[index] === list[start]) continue;
    runs.push(index - start, at(list, start));
    start = index;
  }
  return Int32Array.from(runs);
}

/** The list that the runs stand for. */
export function listOf(runs: Runs): number[] {
  const list: number[] = [];
  for (let run = 0; run < runs.length; run += 2) {
    for (let count = at(runs, run); count > 0; count--) list.push(at(runs, run + 1));
  }
  return list;
}

/** What stands at `index` of the list. */
export function valueAt(runs: Runs, index: number): number {
  let end = 0;
  for (let run = 0; run < runs.length; run += 2) {
    end += at(runs, run);
    if (index < end) return at(runs, run + 1);
  }
  throw new Error(`invariant broken: index ${index} of a list of ${end}`);
}

/** Reads a list from its beginning, value by value. */
export class RunsReader {
  private run = -2;
  private left = 0;
  private value = 0;

  constructor(private readonly runs: Runs) {}

  next(): number {
    if (this.left === 0) {
      this.run += 2;
      this.left = at(this.runs, this.run);
      this.value = at(this.runs, this.run + 1);
    }
    this.left -= 1;
    return this.value;
  }
}

/** The one value that the whole list consists of, or null. */
export function onlyValue(runs: Runs): number | null {
  return runs.length === 2 ? at(runs, 1) : null;
}
