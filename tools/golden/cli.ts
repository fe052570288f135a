import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'fflate';
import { sum } from '../../src/base/numbers.ts';
import { tally } from './replay.ts';
import { type GoldenRun, parseRuns } from './run.ts';

/** The runs that come with the engine, from where npm runs. */
const OWN_RUNS = 'tools/golden/real-runs.jsonl.gz';

/**
 * `npm run golden [-- FILE… --only ID]`: replays runs files (`.jsonl` or `.jsonl.gz`), its own where
 * none is named, and compares every field. Exit code 0 when all match, 1 when one does not, 2 when
 * the call was wrong.
 */
function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const files = positionals.length === 0 ? [OWN_RUNS] : positionals;
  const runs = files
    .flatMap(readRuns)
    .filter((run) => values.only === undefined || run.implementation === values.only);
  if (runs.length === 0) throw new UsageError(`no run of "${values.only ?? 'anything'}" in there`);

  const began = performance.now();
  const tallies = tally(runs).toSorted((a, b) => (a.implementation < b.implementation ? -1 : 1));
  const seconds = (performance.now() - began) / 1000;

  const width = Math.max(...tallies.map((row) => row.implementation.length));
  for (const row of tallies) {
    console.log(`${row.implementation.padEnd(width)}  ${row.matches} of ${row.total}`);
    if (row.first === null) continue;
    const { expected, ...rest } = row.first.run;
    console.log(`  first difference: ${row.first.difference.place}`);
    console.log(`    expected ${row.first.difference.expected}`);
    console.log(`    actual   ${row.first.difference.actual}`);
    console.log(`    case     ${JSON.stringify(rest)} (${expected.length} calls reached)`);
  }
  const matches = sum(tallies.map((row) => row.matches));
  console.log(`${Math.round(runs.length / seconds)} runs a second`);
  console.log(`${matches} of ${runs.length} runs match`);
  return matches === runs.length ? 0 : 1;
}

class UsageError extends Error {}

function readRuns(file: string): GoldenRun[] {
  try {
    const bytes = readFileSync(file);
    const text = new TextDecoder().decode(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    return parseRuns(text);
  } catch (error) {
    throw new UsageError(`${file} could not be read: ${(error as Error).message}`);
  }
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\nusage: npm run golden [-- FILE… --only ID]`);
  process.exitCode = 2;
}
