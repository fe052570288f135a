import { Dialog } from '@base-ui/react/dialog';
import { ScrollArea } from '@base-ui/react/scroll-area';
import type { ReactNode } from 'react';
import type { Dialog as DialogName } from '../../store/view.ts';
import { DialogFrame } from './dialog-frame.tsx';
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
  return (
    <DialogFrame name={name} testId={testId} className={styles.sheet}>
      <header className={styles.sheetHead}>
        <Dialog.Title className={styles.title}>{title}</Dialog.Title>
        <Dialog.Close className={styles.close} aria-label="Close">
          ✕
        </Dialog.Close>
      </header>
      <ScrollArea.Root className={styles.scroll}>
        <ScrollArea.Viewport className={content}>{children}</ScrollArea.Viewport>
      </ScrollArea.Root>
    </DialogFrame>
  );
}
