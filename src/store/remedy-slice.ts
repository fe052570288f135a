import { judgeCase } from '../map/judge-field.ts';
import { type Remedy, remediesFor } from './remedy.ts';
import type { RemedySlice, Slice } from './state.ts';

/** More than these are a list to be read, not a next step. */
const MOST_TOLD = 3;

/** Tries what would have made a run come out fine, a case at a time, so that the page answers. */
export const remedySlice: Slice<RemedySlice> = (set, get) => ({
  remedies: null,

  async findRemedies(shown) {
    const { remedies, begin } = get();
    if (shown.verdict === 'fine' || remedies?.of === shown) return;
    const end = begin();
    try {
      const kinds = remediesFor(shown.case);
      const found: Remedy[] = [];
      for (const inTurn of kinds) {
        for (const remedy of inTurn) {
          await turn();
          if (get().shown !== shown) return;
          if (judgeCase(remedy.case).verdict !== 'fine') continue;
          found.push(remedy);
          break;
        }
        if (found.length === MOST_TOLD) break;
      }
      if (get().shown !== shown) return;
      set({ remedies: { of: shown, found, tried: kinds.flat().length > 0 } });
    } finally {
      end();
    }
  },
});

/** Lets whatever else waits have its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
