import { type ReactNode, useId } from 'react';
import type { TermId } from '../../content/glossary/terms.ts';
import { late, useOpener } from '../late.ts';
import styles from './case-panel.module.css';
import type { Choice } from './choice-list.tsx';
import { FieldTitle } from './field-title.tsx';
import { RestingField } from './resting-field.tsx';

interface Props {
  readonly label: string;
  /** The word of the glossary that the label is. */
  readonly term?: TermId;
  readonly testId: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (value: string) => void;
  readonly children?: ReactNode;
}

const LIST = late(() => import('./choice-list.tsx').then((part) => part.ChoiceList));

/** One of a list, with what each means. */
export function ChoiceField({ label, term, testId, value, choices, onChoose, children }: Props) {
  const { found: List, pressed, button, press } = useOpener(LIST);
  const labelId = useId();
  const chosen = choices.find((choice) => choice.value === value);
  const title = <FieldTitle label={label} term={term} />;
  return (
    <div className={styles.field}>
      {List === null ? (
        <>
          <div id={labelId} className={styles.label}>
            {title}
          </div>
          <RestingField
            button={button}
            labelId={labelId}
            opens="listbox"
            testId={testId}
            onPress={press}
          >
            {chosen?.name ?? chosen?.label}
          </RestingField>
        </>
      ) : (
        <List {...{ title, testId, value, choices, onChoose, button }} defaultOpen={pressed} />
      )}
      {children}
    </div>
  );
}
