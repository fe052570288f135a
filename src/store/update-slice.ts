import type { Slice, UpdateSlice } from './state.ts';

export const updateSlice: Slice<UpdateSlice> = (set) => ({
  updateWaiting: false,
  setUpdateWaiting: (updateWaiting) => set({ updateWaiting }),
});
