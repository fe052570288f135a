import type { ReactNode } from 'react';
import styles from './joined.module.css';

/** Small buttons that belong together, edge to edge: what one may do with a picture. */
export function Joined(props: {
  /** What they are for, for those who do not see it. */
  readonly legend: string;
  /** Whether they stand at the end of their line. */
  readonly atEnd?: boolean;
  /** The name of this part of the page. */
  readonly part: string;
  readonly children: ReactNode;
}) {
  const { legend, atEnd = false, part, children } = props;
  return (
    <fieldset className={styles.joined} data-at-end={atEnd} data-part={part}>
      <legend className="visually-hidden">{legend}</legend>
      {children}
    </fieldset>
  );
}
