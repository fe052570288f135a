import { createStore, type StateCreator, type StoreApi } from 'zustand/vanilla';
import { type PlaybackSlice, playbackSlice } from './playback-slice.ts';
import { type RunCase, type RunSlice, runSlice } from './run-slice.ts';
import { type ViewSlice, viewSlice } from './view-slice.ts';

/** The page's facts, one slice a question; everything else is derived from them. */
export type RankscopeState = RunSlice & PlaybackSlice & ViewSlice;

export type RankscopeStore = StoreApi<RankscopeState>;

/** Makes one slice, over the whole state. */
export type Slice<T> = StateCreator<RankscopeState, [], [], T>;

/** Makes the page's store. `run` runs a case on ranks. */
export function createRankscopeStore(run: RunCase): RankscopeStore {
  return createStore<RankscopeState>()((...api) => ({
    ...runSlice(run)(...api),
    ...playbackSlice(...api),
    ...viewSlice(...api),
  }));
}
