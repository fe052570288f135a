import { at } from '../base/assert.ts';

/**
 * A list of whole numbers as runs of equal ones: `[length, value, length, value, …]`. What a rank
 * says to its P - 1 peers is nearly always one number or two, and with P = 1,024 a list for each of
 * P ranks on every Worker would fill the machine.
 */
export type Runs = Int32Array;

export function runsOf(list: readonly number[]): Runs {
  const runs: number[] = [];
  for (const value of list) {
    if (runs.at(-1) === value) runs[runs.length - 2] = at(runs, runs.length - 2) + 1;
    else runs.push(1, value);
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

/** The one value that the whole list consists of, or null. */
export function onlyValue(runs: Runs): number | null {
  return runs.length === 2 ? at(runs, 1) : null;
}
