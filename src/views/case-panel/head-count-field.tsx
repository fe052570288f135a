import { useId, useState } from 'react';
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
  const [draft, setDraft] = useState<{ text: string; over: number | null } | null>(null);
  const typed =
    draft !== null && (draft.over === value || problem !== undefined) ? draft.text : null;
  const id = useId();
  return (
    <div className={styles.headCount}>
      <label htmlFor={id}>Head count before</label>
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
          setDraft({ text, over: value });
          const count = text.trim() === '' ? null : Number(text);
          void store
            .getState()
            .change({ numKvHeadsBefore: count }, undefined, { draft: 'numKvHeadsBefore' });
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
