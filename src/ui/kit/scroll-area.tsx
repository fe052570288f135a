import { ScrollArea as Base } from '@base-ui/react/scroll-area';
import type { ReactNode, RefObject } from 'react';
import { classes } from './classes.ts';
import styles from './scroll-area.module.css';

interface Props {
  /** What is scrolled, where it is a region of its own. */
  readonly label?: string;
  /** Of the part that is seen. */
  readonly className?: string | undefined;
  /** Of all that there is to be seen. */
  readonly content?: string | undefined;
  /** Whether it may be wider than its place, too; else it is as wide as that. */
  readonly across?: boolean;
  readonly testId?: string;
  /** Told the element that scrolls. */
  readonly box?: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}

/** Something larger than its place, which scrolls by wheel, bars and keys. */
export function ScrollArea(props: Props) {
  const { label, className, content, across = false, testId, box, children } = props;
  return (
    <Base.Root className={styles.area}>
      <Base.Viewport
        ref={box ?? null}
        className={classes(styles.viewport, className)}
        role={label === undefined ? undefined : 'region'}
        aria-label={label}
        data-testid={testId}
      >
        <Base.Content className={content} style={across ? undefined : NO_WIDER}>
          {children}
        </Base.Content>
      </Base.Viewport>
      <Base.Scrollbar className={styles.bar}>
        <Base.Thumb className={styles.thumb} />
      </Base.Scrollbar>
      {across && (
        <Base.Scrollbar className={styles.across} orientation="horizontal">
          <Base.Thumb className={styles.thumb} />
        </Base.Scrollbar>
      )}
    </Base.Root>
  );
}

/** Base UI lets the content be as wide as what is in it. */
const NO_WIDER = { minWidth: 0 };
