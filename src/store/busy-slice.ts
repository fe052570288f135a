import type { BusySlice, Slice } from './state.ts';

export const busySlice: Slice<BusySlice> = (set, get) => ({
  busy: 0,
  begin() {
    set({ busy: get().busy + 1 });
    let over = false;
    return () => {
      if (!over) set({ busy: get().busy - 1 });
      over = true;
    };
  },

  awaited: null,
  async awaitOpening(open) {
    const token = {};
    const isWanted = () => get().awaited === token;
    set({ awaited: token });
    try {
      await open(isWanted);
    } finally {
      if (isWanted()) set({ awaited: null });
    }
  },
});
