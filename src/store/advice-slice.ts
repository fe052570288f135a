import { adviceTrials } from '../advice/advise.ts';
import { tryCase } from '../advice/try-case.ts';
import { turn } from './in-turns.ts';
import type { AdviceSlice, Slice } from './state.ts';

/** Tries what would have made a run come out fine, a case at a time, so that the page answers. */
export const adviceSlice: Slice<AdviceSlice> = (set, get) => ({
  advised: null,

  async findAdvice(shown) {
    const { advised, begin } = get();
    if (advised?.run === shown) return;
    const end = begin();
    try {
      const trials = adviceTrials(shown.case, shown.verdict);
      let step = trials.next();
      while (!step.done) {
        await turn();
        if (get().shown !== shown) return;
        step = trials.next(tryCase(step.value));
      }
      set({ advised: { run: shown, advice: step.value } });
    } finally {
      end();
    }
  },
});
