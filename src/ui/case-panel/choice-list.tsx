import { Select } from '@base-ui/react/select';
import type { ReactNode, RefObject } from 'react';
import styles from './case-panel.module.css';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
  /** What is seen in place of the label, where that changes while the choice is the same. */
  readonly name?: ReactNode;
}

/** The label, the button and the list of a field in which one of several is chosen. */
export function ChoiceList(props: {
  readonly title: ReactNode;
  readonly testId: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (value: string) => void;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly defaultOpen: boolean;
}) {
  const { title, testId, value, choices, onChoose, button, defaultOpen } = props;
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Select.Root
      items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={value}
      defaultOpen={defaultOpen}
      onValueChange={(next) => {
        if (next !== null) onChoose(next);
      }}
    >
      <Select.Label className={styles.label}>{title}</Select.Label>
      <Select.Trigger ref={button} className={styles.select} data-testid={testId}>
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
  );
}
