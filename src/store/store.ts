import { createStore } from 'zustand/vanilla';
import { historySlice } from './history-slice.ts';
import { noticeSlice } from './notice-slice.ts';
import { playbackSlice } from './playback-slice.ts';
import { runSlice } from './run-slice.ts';
import type { RankscopeState, RankscopeStore, RunCase } from './state.ts';
import { viewSlice } from './view-slice.ts';

/** Makes the page's store. `run` runs a case on ranks. */
export function createRankscopeStore(run: RunCase): RankscopeStore {
  return createStore<RankscopeState>()((...api) => ({
    ...runSlice(run)(...api),
    ...playbackSlice(...api),
    ...viewSlice(...api),
    ...historySlice(...api),
    ...noticeSlice(...api),
  }));
}
