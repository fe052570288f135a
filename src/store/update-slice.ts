import type { RankscopeState, Slice, UpdateSlice } from './state.ts';

export const updateSlice: Slice<UpdateSlice> = (set) => ({
  updateWaiting: false,
  setUpdateWaiting: (updateWaiting) => set({ updateWaiting }),
});

/** Whether a newer page may be offered now: never in the middle of a lesson. */
export function mayOfferUpdate({
  updateWaiting,
  place,
}: Pick<RankscopeState, 'updateWaiting' | 'place'>): boolean {
  return updateWaiting && place !== 'lessons';
}
