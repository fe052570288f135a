import { readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { findImplementation } from '../engine/implementations/index.ts';
import { runWorld } from '../engine/world.ts';
import { tally } from '../golden/replay.ts';
import { parseRuns } from '../golden/run.ts';

/** The engine over the real runs, in one thread, in Node; one JSON line a figure. */
const file = readFileSync('src/golden/real-runs.jsonl.gz');
const runs = parseRuns(new TextDecoder().decode(gunzipSync(file)));
const TURNS = 7;

function figure(name: string, target: number | null, once: () => void): void {
  const rates = Array.from({ length: TURNS }, () => {
    const began = performance.now();
    once();
    return runs.length / ((performance.now() - began) / 1000);
  }).sort((a, b) => a - b);
  const median = Math.round(rates[Math.floor(TURNS / 2)] ?? 0);
  console.log(JSON.stringify({ figure: name, value: median, unit: 'runs/s', target }));
}

figure('engine, real runs in one thread', 2000, () => {
  for (const run of runs) {
    const implementation = findImplementation(run.implementation);
    if (implementation !== undefined) runWorld(run, implementation, { attention: false });
  }
});
figure('engine, real runs replayed and compared in every field', null, () => tally(runs));
