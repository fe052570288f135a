import { Select } from '@base-ui/react/select';
import type { ReactNode } from 'react';
import type { TermId } from '../../glossary/terms.ts';
import styles from './case-panel.module.css';
import { FieldTitle } from './field-title.tsx';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
  /** What is seen in place of the label, where that changes while the choice is the same. */
  readonly name?: ReactNode;
}

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

/** One of a list, with what each means. */
export function ChoiceField({ label, term, testId, value, choices, onChoose, children }: Props) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <div className={styles.field}>
      <Select.Root
        items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        value={value}
        onValueChange={(next) => {
          if (next !== null) onChoose(next);
        }}
      >
        <Select.Label className={styles.label}>
          <FieldTitle label={label} term={term} />
        </Select.Label>
        <Select.Trigger className={styles.select} data-testid={testId}>
          <Select.Value>{chosen?.name ?? chosen?.label}</Select.Value>
          <Select.Icon className={styles.selectIcon}>▾</Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner
            className={styles.positioner}
            sideOffset={4}
            alignItemWithTrigger={false}
          >
            <Select.Popup className={styles.popup}>
              <Select.List className={styles.list}>
                {choices.map((choice) => (
                  <Select.Item key={choice.value} value={choice.value} className={styles.item}>
                    <Select.ItemIndicator className={styles.itemMark}>✓</Select.ItemIndicator>
                    <Select.ItemText className={styles.itemText}>
                      {choice.name ?? choice.label}
                    </Select.ItemText>
                    {choice.detail !== undefined && (
                      <span className={styles.itemDetail}>{choice.detail}</span>
                    )}
                  </Select.Item>
                ))}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
      {children}
    </div>
  );
}
