import { useId, useState } from 'react';
import type { Case } from '../../engine/case.ts';
import type { TermId } from '../../glossary/terms.ts';
import type { CaseFields } from '../../store/adapt.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Term } from '../glossary/term.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { Problem } from './problem.tsx';

/** The whole-number fields of a case. */
export type NumberFieldName = 'sp' | 'heads' | 'kvHeads' | 'seq' | 'batch' | 'headDim';

interface Props {
  readonly field: NumberFieldName;
  readonly label: string;
  /** What the slider reaches; larger values can be typed. */
  readonly reach: number;
  readonly note?: string;
  /** The word of the glossary that the label is. */
  readonly term?: TermId;
}

/**
 * A number to type or to slide. What is typed is tried at once; where it is refused it stays in the
 * field, with the reason, and the case stays as it was.
 */
export function NumberField({ field, label, reach, note, term }: Props) {
  const store = useRankscopeStore();
  const value = useRankscope((state) => state.case[field]);
  const problem = useRankscope((state) => state.problems.find((one) => one.field === field));
  const [draft, setDraft] = useState<{ text: string; over: Case } | null>(null);
  // What was typed is dropped once a case has come from elsewhere.
  const kept = useRankscope((state) => draft?.over === state.case);
  const typed = kept && draft !== null ? draft.text : null;
  const reached = Math.min(value, reach);
  const id = useId();

  const tryText = (text: string) => {
    void change({ [field]: text.trim() === '' ? text : Number(text) });
    setDraft({ text, over: store.getState().case });
  };
  // What is typed until the field is left, or slid until the slider is let go, is one step to undo.
  const change = (patch: Partial<Record<keyof CaseFields, unknown>>) =>
    store.getState().change(patch, undefined, { draft: field });
  const rest = () => store.getState().rest();
  const leave = () => {
    rest();
    if (problem === undefined) setDraft(null);
  };

  return (
    <div className={styles.row}>
      <label htmlFor={id}>{term === undefined ? label : <Term id={term}>{label}</Term>}</label>
      <input
        id={id}
        className={styles.number}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        data-testid={`field-${field}`}
        value={typed ?? String(value)}
        onChange={(event) => tryText(event.target.value)}
        onBlur={leave}
      />
      <div className={styles.slider} style={{ '--share': (reached - 1) / (reach - 1) } as object}>
        <input
          type="range"
          min={1}
          max={reach}
          value={reached}
          aria-label={label}
          onChange={(event) => void change({ [field]: Number(event.target.value) })}
          onPointerUp={rest}
          onKeyUp={rest}
          onBlur={rest}
        />
      </div>
      {note !== undefined && problem === undefined && (
        <p className={styles.note}>
          <Glossed>{note}</Glossed>
        </p>
      )}
      <Problem id={`${id}-problem`} message={problem?.message} />
    </div>
  );
}
