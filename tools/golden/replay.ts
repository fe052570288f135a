import { createHash } from 'node:crypto';
import { outcomesOf } from '../../src/core/judge/outcome.ts';
import { findImplementation } from '../../src/core/programs/implementations/index.ts';
import { runWorld } from '../../src/core/world/world.ts';
import { type Difference, firstDifference } from './compare.ts';
import type { GoldenRun } from './run.ts';

/** Puts one real run through the engine, in one thread: where it departs first, or null. */
export function replay(run: GoldenRun): Difference | null {
  const implementation = findImplementation(run.implementation);
  if (implementation === undefined) {
    return { place: 'implementation', expected: run.implementation, actual: 'nothing' };
  }
  // Elements are listed where the real run lists them; their hash is compared always.
  const listed = run.expected.some(({ ranks }) => ranks.some(({ ids }) => ids !== undefined));
  const recording = runWorld(run, implementation, { attention: false });
  const outcomes = outcomesOf(recording, implementation, {
    hash: (bytes) => createHash('sha256').update(bytes).digest(),
    ...(listed ? {} : { mostListed: 0 }),
  });
  return firstDifference(run.expected, outcomes);
}

/** What an implementation's runs came to. */
export interface Tally {
  readonly implementation: string;
  readonly matches: number;
  readonly total: number;
  readonly first: { readonly run: GoldenRun; readonly difference: Difference } | null;
}

/** Replays all runs, grouped by implementation in order of appearance. */
export function tally(runs: readonly GoldenRun[]): Tally[] {
  const implementations = [...new Set(runs.map((run) => run.implementation))];
  return implementations.map((implementation) => {
    const group = runs.filter((run) => run.implementation === implementation);
    let matches = 0;
    let first: Tally['first'] = null;
    for (const run of group) {
      const difference = replay(run);
      if (difference === null) matches += 1;
      else first ??= { run, difference };
    }
    return { implementation, matches, total: group.length, first };
  });
}
