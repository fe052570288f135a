import { Dialog } from '@base-ui/react/dialog';
import { ScrollArea } from '@base-ui/react/scroll-area';
import type { ReactNode } from 'react';
import type { Dialog as DialogName } from '../../store/view.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './dialogs.module.css';

interface Props {
  readonly name: DialogName;
  readonly title: string;
  readonly testId: string;
  /** The class of what is scrolled. */
  readonly content: string | undefined;
  readonly children: ReactNode;
}

/** A sheet to be read over the page, for as long as the dialog of its name is open. */
export function Sheet({ name, title, testId, content, children }: Props) {
  const store = useRankscopeStore();
  const open = useRankscope(({ dialog }) => dialog === name);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => !next && store.getState().look({ dialog: null })}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Viewport className={styles.viewport}>
          <Dialog.Popup className={styles.sheet} data-testid={testId}>
            <header className={styles.sheetHead}>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              <Dialog.Close className={styles.close} aria-label="Close">
                ✕
              </Dialog.Close>
            </header>
            <ScrollArea.Root className={styles.scroll}>
              <ScrollArea.Viewport className={content}>{children}</ScrollArea.Viewport>
            </ScrollArea.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
