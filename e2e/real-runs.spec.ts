import { readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { firstDifference } from '../tools/golden/compare.ts';
import { type GoldenRun, parseRuns } from '../tools/golden/run.ts';
import { expect, test } from './rankscope-page.ts';

/** Of each implementation, this many runs; over all of them, every outcome that its runs know. */
const RUNS_EACH = 16;

const file = readFileSync(new URL('../tools/golden/real-runs.jsonl.gz', import.meta.url));
const runs = parseRuns(new TextDecoder().decode(gunzipSync(file)));

/** How a run ended, as far as real ranks can end differently. */
function outcomeOf({ expected, program, batchDimIdx }: GoldenRun): string {
  const errors = expected.flatMap(({ ranks }) => ranks.map(({ error }) => error ?? 'returned'));
  return [program, batchDimIdx, ...[...new Set(errors)].sort()].join(' ');
}

/** Runs that end in as many different ways as possible, rank counts mixed. */
function chosen(id: string): GoldenRun[] {
  const own = runs.filter(({ implementation }) => implementation === id);
  const byOutcome = new Map<string, GoldenRun[]>();
  for (const run of own) {
    const outcome = outcomeOf(run);
    byOutcome.set(outcome, [...(byOutcome.get(outcome) ?? []), run]);
  }
  const picked: GoldenRun[] = [];
  for (let turn = 0; picked.length < RUNS_EACH && turn < own.length; turn++) {
    for (const group of byOutcome.values()) {
      const run = group[turn];
      if (run !== undefined && picked.length < RUNS_EACH) picked.push(run);
    }
  }
  return picked;
}

test.describe('real runs, on real Workers', () => {
  for (const id of new Set(runs.map(({ implementation }) => implementation))) {
    test(`${id} does what real ranks did`, async ({ rankscope, page }) => {
      await rankscope.openIdle();
      const picked = chosen(id);
      expect(picked.length).toBe(RUNS_EACH);
      const reports = await page.evaluate(async (list) => {
        const calls = [];
        for (const run of list) calls.push((await window.rankscope.run(run)).calls);
        return calls;
      }, picked);
      for (const [index, run] of picked.entries()) {
        const { expected, ...wanted } = run;
        expect(firstDifference(expected, reports[index] ?? []), JSON.stringify(wanted)).toBeNull();
      }
    });
  }

  test('each rank is a Worker of its own', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    const before = page.workers().length;
    expect(before).toBe(4);
    await page.evaluate(() =>
      window.rankscope.run({
        implementation: 'deepspeed-6797',
        program: 'roundTrip',
        sp: 16,
        batch: 1,
        seq: 32,
        heads: 32,
        headDim: 2,
        batchDimIdx: 0,
      }),
    );
    expect(page.workers().length).toBe(before + 16);
  });
});
