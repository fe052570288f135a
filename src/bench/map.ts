import { createJudgingPool } from '../map/judging-pool.ts';
import { fieldsWork } from '../map/order.ts';
import type { MapExtent } from '../map/setting.ts';

/** What the benchmark asks of the page. */
declare global {
  interface Window {
    millisecondsToFill(implementation: string, extent: MapExtent): Promise<number>;
  }
}

const pool = createJudgingPool(2);

/** Fills a map of round trips, sequence first, with the two Workers of the page. */
window.millisecondsToFill = async (implementation, extent) => {
  const setting = {
    implementation,
    program: 'roundTrip',
    batch: 2,
    batchDimIdx: 1,
    numKvHeadsBefore: null,
    kvRatio: 1,
  } as const;
  const began = performance.now();
  const work = fieldsWork(setting, extent, { heads: 8, sp: 4 });
  await pool.work(work, () => {}, new AbortController().signal);
  return performance.now() - began;
};
