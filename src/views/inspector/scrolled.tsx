import { ScrollArea } from '@base-ui/react/scroll-area';
import type { ReactNode, RefObject } from 'react';
import styles from './inspector.module.css';

interface Props {
  readonly label: string;
  readonly className: string | undefined;
  readonly testId?: string;
  /** Told the element that scrolls. */
  readonly box?: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}

/** Something larger than its place, which scrolls by wheel, bars and keys. */
export function Scrolled({ label, className, testId, box, children }: Props) {
  return (
    <ScrollArea.Root className={styles.scroll}>
      <ScrollArea.Viewport
        ref={box ?? null}
        className={className}
        role="region"
        aria-label={label}
        data-testid={testId}
      >
        <ScrollArea.Content>{children}</ScrollArea.Content>
      </ScrollArea.Viewport>
      <ScrollArea.Scrollbar className={styles.scrollbar}>
        <ScrollArea.Thumb className={styles.thumb} />
      </ScrollArea.Scrollbar>
      <ScrollArea.Scrollbar className={styles.scrollbarAcross} orientation="horizontal">
        <ScrollArea.Thumb className={styles.thumb} />
      </ScrollArea.Scrollbar>
    </ScrollArea.Root>
  );
}
