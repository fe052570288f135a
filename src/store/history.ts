import { sameCase } from '../core/cases/same-case.ts';
import type { Case } from '../core/contract/case.ts';
import type { CaseStep, HistoryFacts, Step } from './state.ts';

/** Steps that can be taken back, at most. */
const MOST_STEPS = 100;

/** The history before anything was done. */
export const NO_HISTORY: HistoryFacts = { past: [], future: [], draft: null };

/**
 * The history once `wanted` is opened over `now`. No clock is asked what is one step: changes of a
 * field that is still being dragged or typed in are one, and a case opened over itself is none.
 */
export function historyAfter(
  history: HistoryFacts,
  now: CaseStep,
  wanted: Case,
  step: Step,
): HistoryFacts {
  const { past, future, draft } = history;
  if (step === 'undo') {
    return { past: past.slice(0, -1), future: [...future, now], draft: null };
  }
  if (step === 'redo') {
    return { past: [...past, now], future: future.slice(0, -1), draft: null };
  }
  const drafted = step === 'own' ? null : step.draft;
  if (sameCase(now.case, wanted)) return { past, future, draft: drafted };
  const goesOn = drafted !== null && drafted === draft;
  const before = past.at(-1);
  // A field that is dragged back to where it was has changed nothing.
  if (goesOn && before !== undefined && sameCase(before.case, wanted)) {
    return { past: past.slice(0, -1), future: [], draft: null };
  }
  if (goesOn) return { past, future: [], draft };
  return { past: [...past, now].slice(-MOST_STEPS), future: [], draft: drafted };
}
