import type { NoticeSlice, Slice } from './state.ts';

export const noticeSlice: Slice<NoticeSlice> = (set) => ({
  notice: null,
  copied: false,
  notify: (notice) => set({ notice }),
  setCopied: (copied) => set({ copied }),
});
