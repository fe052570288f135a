import { useState } from 'react';
import type { Case } from '../../core/contract/case.ts';
import type { CaseFields } from '../../store/adapt.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';

/**
 * What is typed into a field of the case is tried at once; where it is refused it stays in the field,
 * with the reason, and the case stays as it was. It is dropped once a case has come from elsewhere.
 */
export interface Draft {
  /** Null where nothing is typed, and the field says what the case says. */
  readonly typed: string | null;
  /** Why what is typed is refused. */
  readonly problem: string | undefined;
  /** Tries a value. All that are tried until one rests are one step to undo. */
  tryValue(value: unknown): void;
  /** Tries the value that a text stands for. */
  type(text: string, value: unknown): void;
  rest(): void;
  /** Rests, and leaves the field. */
  leave(): void;
}

export function useDraft(field: keyof CaseFields): Draft {
  const store = useRankscopeStore();
  const problem = useRankscope((state) => state.problems.find((one) => one.field === field));
  const [draft, setDraft] = useState<{ text: string; over: Case } | null>(null);
  const kept = useRankscope((state) => draft?.over === state.case);
  // For good: an undo comes back to the same case, not to what was typed over it.
  if (draft !== null && !kept) setDraft(null);
  const tryValue = (value: unknown) =>
    void store.getState().change({ [field]: value }, undefined, { draft: field });
  const rest = () => store.getState().rest();
  return {
    typed: kept && draft !== null ? draft.text : null,
    problem: problem?.message,
    tryValue,
    type(text, value) {
      tryValue(value);
      setDraft({ text, over: store.getState().case });
    },
    rest,
    leave() {
      rest();
      if (problem === undefined) setDraft(null);
    },
  };
}
