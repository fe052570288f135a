import { NO_HISTORY } from './history.ts';
import type { HistorySlice, Slice } from './state.ts';

export const historySlice: Slice<HistorySlice> = (set, get) => ({
  ...NO_HISTORY,

  async undo() {
    const before = get().past.at(-1);
    if (before !== undefined) await get().open(before.case, 'settle', before.modelName, 'undo');
  },

  async redo() {
    const after = get().future.at(-1);
    if (after !== undefined) await get().open(after.case, 'settle', after.modelName, 'redo');
  },

  rest() {
    if (get().draft !== null) set({ draft: null });
  },
});
