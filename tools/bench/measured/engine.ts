import { readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { range } from '../../../src/base/numbers.ts';
import { findImplementation } from '../../../src/core/programs/implementations/index.ts';
import { runWorld } from '../../../src/core/world/world.ts';
import { tally } from '../../golden/replay.ts';
import { parseRuns } from '../../golden/run.ts';

/**
 * The engine over the real runs, in one thread, in Node. Prints as JSON what each turn came to, in
 * runs a second: `{ run, replayed }`.
 */
const file = readFileSync('tools/golden/real-runs.jsonl.gz');
const runs = parseRuns(new TextDecoder().decode(gunzipSync(file)));
const TURNS = 7;

function rates(turn: () => void): number[] {
  return range(TURNS).map(() => {
    const began = performance.now();
    turn();
    return runs.length / ((performance.now() - began) / 1000);
  });
}

const run = rates(() => {
  for (const wanted of runs) {
    const implementation = findImplementation(wanted.implementation);
    if (implementation !== undefined) runWorld(wanted, implementation, { attention: false });
  }
});
const replayed = rates(() => tally(runs));
console.log(JSON.stringify({ run, replayed }));
