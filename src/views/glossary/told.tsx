import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import styles from './glossary.module.css';

interface Props {
  /** What is told of, as the tip has it. */
  readonly name: string;
  readonly meaning: string;
  /** The id of an element with the meaning, for screen readers. */
  readonly meaningId: string;
  readonly onPress: () => void;
  /** Where the tip stands: above, unless one is busy with what is there. */
  readonly side?: 'top' | 'bottom';
  readonly children: ReactNode;
}

/** A button whose meaning is told on hover and on focus. */
export function Told({ name, meaning, meaningId, onPress, side = 'top', children }: Props) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        className={styles.term}
        delay={250}
        data-term=""
        aria-describedby={meaningId}
        onClick={onPress}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner className={styles.positioner} side={side} sideOffset={6}>
          <Tooltip.Popup className={styles.tip} data-testid="term-tip">
            <strong>{name}</strong> {meaning}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
