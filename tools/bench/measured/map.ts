import type { ProgramName } from '../../../src/core/contract/case.ts';
import { findImplementation } from '../../../src/core/programs/implementations/index.ts';
import { createJudgingPool } from '../../../src/workers/map/judging-pool.ts';
import { fieldsWork } from '../../../src/workers/map/order.ts';
import type { MapExtent } from '../../../src/workers/map/setting.ts';

/** What the benchmark asks of the page. */
declare global {
  interface Window {
    millisecondsToFill(
      implementation: string,
      program: ProgramName,
      extent: MapExtent,
    ): Promise<number>;
  }
}

const pool = createJudgingPool(2);

/** Fills a map, sequence first, B = 2, with the two Workers of the page. */
window.millisecondsToFill = async (implementation, program, extent) => {
  const setting = {
    implementation,
    program,
    batch: 2,
    // What a code is not written for runs every rank with attention: that is another measure.
    batchDimIdx: findImplementation(implementation)?.layouts.at(-1) ?? 1,
    numKvHeadsBefore: null,
    kvRatio: 1,
  } as const;
  const began = performance.now();
  const work = fieldsWork(setting, extent, { heads: 8, sp: 4 });
  await pool.work(work, () => {}, new AbortController().signal);
  return performance.now() - began;
};
