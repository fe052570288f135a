import { useId, useState } from 'react';
import type { Case } from '../../engine/case.ts';
import { Term } from '../glossary/term.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { Problem } from './problem.tsx';

/** The process-wide head count that was set before the first call; empty for none. */
export function HeadCountField() {
  const store = useRankscopeStore();
  const value = useRankscope((state) => state.case.numKvHeadsBefore);
  const problem = useRankscope((state) =>
    state.problems.find((one) => one.field === 'numKvHeadsBefore'),
  );
  const [draft, setDraft] = useState<{ text: string; over: Case } | null>(null);
  // What was typed is dropped once a case has come from elsewhere.
  const kept = useRankscope((state) => draft?.over === state.case);
  const typed = kept && draft !== null ? draft.text : null;
  const id = useId();
  return (
    <div className={styles.headCount}>
      <label htmlFor={id}>
        <Term id="head-count">Head count before</Term>
      </label>
      <input
        id={id}
        className={styles.number}
        inputMode="numeric"
        autoComplete="off"
        placeholder="none"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        data-testid="field-numKvHeadsBefore"
        value={typed ?? (value === null ? '' : String(value))}
        onChange={({ target: { value: text } }) => {
          const count = text.trim() === '' ? null : Number(text);
          void store
            .getState()
            .change({ numKvHeadsBefore: count }, undefined, { draft: 'numKvHeadsBefore' });
          setDraft({ text, over: store.getState().case });
        }}
        onBlur={() => {
          store.getState().rest();
          if (problem === undefined) setDraft(null);
        }}
      />
      <Problem id={`${id}-problem`} message={problem?.message} />
    </div>
  );
}
