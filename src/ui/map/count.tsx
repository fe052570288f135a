import { memo, type ReactNode } from 'react';
import { withCommas } from '../../base/numbers.ts';
import type { FieldLook } from '../../draw/map/look.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import styles from './map.module.css';

/** While the map fills most counts stay from one sheet to the next. */
export const Count = memo(
  ({ look, count }: { readonly look: FieldLook; readonly count: number }) => (
    <Sign look={look}>
      <output>{withCommas(count)}</output>
    </Sign>
  ),
);

/** A sign with what it means. */
export function Sign(props: { readonly look: FieldLook; readonly children?: ReactNode }) {
  const { look, children } = props;
  return (
    <li>
      <span
        className={styles.swatch}
        style={{ '--swatch': `var(${look.colour})`, '--share': look.opacity } as object}
        aria-hidden="true"
      >
        {look.sign}
      </span>
      <Glossed>{look.word}</Glossed>
      {children}
    </li>
  );
}
