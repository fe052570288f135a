import { useId } from 'react';
import { Term } from '../glossary/term.tsx';
import { useRankscope } from '../store-context.ts';
import styles from './case-panel.module.css';
import { NumberInput, problemOf } from './number-input.tsx';
import { Problem } from './problem.tsx';
import { useDraft } from './use-draft.ts';

/** The process-wide head count that was set before the first call; empty for none. */
export function HeadCountField() {
  const value = useRankscope((state) => state.case.numKvHeadsBefore);
  const { typed, problem, type, leave } = useDraft('numKvHeadsBefore');
  const id = useId();
  return (
    <div className={styles.headCount}>
      <label htmlFor={id}>
        <Term id="head-count">Head count before</Term>
      </label>
      <NumberInput
        id={id}
        text={typed ?? (value === null ? '' : String(value))}
        placeholder="none"
        problem={problem}
        testId="field-numKvHeadsBefore"
        onType={(text) => type(text, text.trim() === '' ? null : Number(text))}
        onLeave={leave}
      />
      <Problem id={problemOf(id)} message={problem} />
    </div>
  );
}
