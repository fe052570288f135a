import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

/** What stands over the page until it is closed. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Gives the focus back by itself, or says that Base UI is to do so. */
  readonly giveBack: () => boolean;
  /** Its name, where no `DialogHead` says it. */
  readonly title?: string | undefined;
  /** What is said over it. */
  readonly banner: ReactNode;
  readonly className: string | undefined;
  readonly testId: string;
  readonly children: ReactNode;
}) {
  const { open, onClose, giveBack, title, banner, className, testId, children } = props;
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            className={styles.popup}
            finalFocus={giveBack}
            aria-label={title}
            data-testid={testId}
          >
            <div className={styles.banner}>{banner}</div>
            <div className={className}>{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The name of a dialog, and how to close it. */
export function DialogHead({ title }: { readonly title: string }) {
  return (
    <header className={styles.head}>
      <Base.Title className={styles.title}>{title}</Base.Title>
      <Base.Close render={<IconButton label="Close">✕</IconButton>} />
    </header>
  );
}
