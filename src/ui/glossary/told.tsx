import type { ReactNode } from 'react';
import { late, useOpener } from '../late.ts';
import styles from './glossary.module.css';

const TIP = late(() => import('./tip.tsx').then((part) => part.Tip));

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
  const { found: Tip, button } = useOpener(TIP);
  const trigger = (
    <button
      ref={button}
      type="button"
      className={styles.term}
      data-term=""
      aria-describedby={meaningId}
      onClick={onPress}
    >
      {children}
    </button>
  );
  return Tip === null ? trigger : <Tip {...{ trigger, name, meaning, side }} />;
}
