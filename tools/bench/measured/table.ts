import { range } from '../../../src/base/numbers.ts';
import type { Case } from '../../../src/core/contract/case.ts';
import { degreeCases } from '../../../src/workers/map/degrees.ts';
import { judgeAlone, judgeCase } from '../../../src/workers/map/judge-field.ts';
import type { JudgedCase } from '../../../src/workers/map/protocol.ts';
import type { MapSetting } from '../../../src/workers/map/setting.ts';

/**
 * The legal degrees of a model with 64 heads and 8 KV heads, judged in one thread, in Node. Prints as
 * JSON the CPU time of some turns, in seconds: `once` as a table is judged, where what was told of a
 * release is told of the next one that answers alike, and `alone` where every cell is run.
 */
const SETTING: MapSetting = {
  implementation: 'deepspeed-6392',
  program: 'roundTrip',
  batch: 2,
  batchDimIdx: 1,
  numKvHeadsBefore: null,
  kvRatio: 1,
};
const KINDS = [{ name: 'attention', heads: 64, kvHeads: 8, headDim: null }];
const TURNS = 7;

const cases = degreeCases(SETTING, { name: 'model', kinds: KINDS });

function seconds(judged: (c: Case) => JudgedCase): number {
  const began = process.cpuUsage();
  for (const c of cases) judged(c);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

// In turns, so that what else the machine does meets both alike.
const turns = range(TURNS).map(() => ({ once: seconds(judgeCase), alone: seconds(judgeAlone) }));
const once = turns.map((turn) => turn.once);
const alone = turns.map((turn) => turn.alone);
console.log(JSON.stringify({ once, alone }));
