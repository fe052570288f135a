import { useId } from 'react';
import type { TermId } from '../../content/glossary/terms.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { useRankscope } from '../store-context.ts';
import styles from './case-panel.module.css';
import { labelOf } from './field-label.ts';
import { FieldTitle } from './field-title.tsx';
import { NumberInput, problemOf } from './number-input.tsx';
import { NumberRow } from './number-row.tsx';
import { Problem } from './problem.tsx';
import { useDraft } from './use-draft.ts';

/** The whole-number fields of a case. */
export type NumberFieldName = 'sp' | 'heads' | 'kvHeads' | 'seq' | 'batch' | 'headDim';

interface Props {
  readonly field: NumberFieldName;
  readonly note?: string;
  /** What it is called in this case, where that is not what it is called in others. */
  readonly label?: string;
  /** The word of the glossary that this is. */
  readonly term?: TermId;
}

/** A number of the case in a line of its own. */
export function NumberField({ field, note, ...named }: Props) {
  const { label, term, testId } = { ...labelOf(field), ...named };
  const value = useRankscope((state) => state.case[field]);
  const { typed, problem, type, rest, leave } = useDraft(field);
  return (
    <NumberRow
      name={label}
      label={<FieldTitle label={label} term={term} />}
      text={typed ?? String(value)}
      note={note}
      problem={problem}
      testId={testId}
      onType={(text) => type(text, typedValue(text))}
      onRest={rest}
      onLeave={leave}
    />
  );
}

/** The same with a slider, for what is tried out most; `reach` is its end, more can be typed. */
export function SliderField({ field, note, reach, ...named }: Props & { reach: number }) {
  const { label, term, testId } = { ...labelOf(field), ...named };
  const value = useRankscope((state) => state.case[field]);
  const { typed, problem, tryValue, type, rest, leave } = useDraft(field);
  const reached = Math.min(value, reach);
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id}>
        <FieldTitle label={label} term={term} />
      </label>
      <NumberInput
        id={id}
        text={typed ?? String(value)}
        problem={problem}
        testId={testId}
        onType={(text) => type(text, typedValue(text))}
        onLeave={leave}
      />
      <div className={styles.slider} style={{ '--share': (reached - 1) / (reach - 1) } as object}>
        <input
          type="range"
          min={1}
          max={reach}
          value={reached}
          aria-label={label}
          onChange={(event) => tryValue(Number(event.target.value))}
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
      <Problem id={problemOf(id)} message={problem} />
    </div>
  );
}

/** What a text stands for: a number, or what is not one, as it was typed. */
function typedValue(text: string): string | number {
  return text.trim() === '' ? text : Number(text);
}
