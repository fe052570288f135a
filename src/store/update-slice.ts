import type { RankscopeState, Slice, UpdateSlice } from './state.ts';

export const updateSlice: Slice<UpdateSlice> = (set) => ({
  updateWaiting: false,
  setUpdateWaiting: (updateWaiting) => set({ updateWaiting }),
});

/** Whether a newer page may be offered now: never in the middle of a lesson, nor before an audience. */
export function mayOfferUpdate({
  updateWaiting,
  lesson,
  presenting,
}: Pick<RankscopeState, 'updateWaiting' | 'lesson' | 'presenting'>): boolean {
  return updateWaiting && lesson === null && !presenting;
}
