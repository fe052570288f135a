import { createStore } from 'zustand/vanilla';
import { createJudgingPool, type JudgingPool } from '../workers/map/judging-pool.ts';
import { adviceSlice } from './advice-slice.ts';
import { busySlice } from './busy-slice.ts';
import { compareSlice } from './compare-slice.ts';
import { historySlice } from './history-slice.ts';
import { lessonSlice } from './lesson-slice.ts';
import { mapSlice } from './map-slice.ts';
import { noticeSlice } from './notice-slice.ts';
import { panelsSlice } from './panels-slice.ts';
import { playbackSlice } from './playback-slice.ts';
import { presentingSlice } from './presenting-slice.ts';
import { runSlice } from './run-slice.ts';
import type { RankscopeState, RankscopeStore, RunCase } from './state.ts';
import { updateSlice } from './update-slice.ts';
import { viewSlice } from './view-slice.ts';

/**
 * Makes the page's store. `run` runs a case on ranks, `runPartner` the case beside it: on ranks of its
 * own where the two shall not wait for each other. `judging` judges maps and tables.
 */
export function createRankscopeStore(
  run: RunCase,
  runPartner: RunCase = run,
  judging: JudgingPool = createJudgingPool(),
): RankscopeStore {
  return createStore<RankscopeState>()((...api) => ({
    ...runSlice(run)(...api),
    ...compareSlice(runPartner)(...api),
    ...playbackSlice(...api),
    ...viewSlice(...api),
    ...mapSlice(judging)(...api),
    ...adviceSlice(...api),
    ...historySlice(...api),
    ...noticeSlice(...api),
    ...busySlice(...api),
    ...lessonSlice(...api),
    ...presentingSlice(...api),
    ...panelsSlice(...api),
    ...updateSlice(...api),
  }));
}
