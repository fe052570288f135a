import type { Advice } from '../core/advice/advice.ts';
import type { Case } from '../core/contract/case.ts';
import { turn } from './in-turns.ts';
import type { AdviceSlice, RankscopeState, Slice } from './state.ts';

/** Advice that is kept, the latest: more than any place shows at once. */
const MOST_KEPT = 64;

/** Tries what would have made a run come out fine, a case at a time, so that the page answers. */
export const adviceSlice: Slice<AdviceSlice> = (set, get) => {
  const sought = new Map<Case, Promise<void>>();

  const seek: AdviceSlice['findAdvice'] = async ({ case: wanted, verdict }) => {
    const end = get().begin();
    try {
      // Fetched once there is a run: the first picture does without.
      const [{ adviceTrials }, { tryCase }] = await Promise.all([
        import('../core/advice/advise.ts'),
        import('../core/advice/try-case.ts'),
      ]);
      const trials = adviceTrials(wanted, verdict);
      let step = trials.next();
      while (!step.done) {
        await turn();
        if (!isAdvisedOf(get(), wanted)) return;
        step = trials.next(tryCase(step.value));
      }
      set({ advised: [...get().advised.slice(1 - MOST_KEPT), step.value] });
    } finally {
      sought.delete(wanted);
      end();
    }
  };

  return {
    advised: [],

    findAdvice(run) {
      if (adviceOn(get(), run.case) !== null) return Promise.resolve();
      const seeking = sought.get(run.case) ?? seek(run);
      sought.set(run.case, seeking);
      return seeking;
    },
  };
};

/** What was found out about a case; null before it was. */
export function adviceOn(
  { advised }: Pick<RankscopeState, 'advised'>,
  wanted: Case,
): Advice | null {
  return advised.find((advice) => advice.of === wanted) ?? null;
}

/** Whether a place shows advice on a case: either side of the stage, or the museum. */
function isAdvisedOf({ shown, partner, place }: RankscopeState, wanted: Case): boolean {
  return place === 'museum' || shown?.case === wanted || partner?.shown?.case === wanted;
}
