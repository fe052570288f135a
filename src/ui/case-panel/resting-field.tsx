import type { ReactNode, RefObject } from 'react';
import styles from './case-panel.module.css';

/** The button of a field whose list is not fetched yet: it looks and is named as it will be. */
export function RestingField(props: {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly labelId: string;
  readonly opens: 'listbox' | 'dialog';
  readonly testId: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  const { button, labelId, opens, testId, onPress, children } = props;
  return (
    <button
      ref={button}
      type="button"
      role="combobox"
      aria-expanded={false}
      aria-haspopup={opens}
      aria-labelledby={labelId}
      className={styles.select}
      data-testid={testId}
      onClick={onPress}
      onKeyDown={({ key }) => {
        if (key === 'ArrowDown' || key === 'ArrowUp') onPress();
      }}
    >
      <span>{children}</span>
      <span aria-hidden="true" className={styles.selectIcon}>
        ▾
      </span>
    </button>
  );
}
