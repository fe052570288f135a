import type { ReactNode } from 'react';
import type { Dialog as DialogName } from '../../store/view.ts';
import { DialogHead } from '../kit/dialog.tsx';
import { ScrollArea } from '../kit/scroll-area.tsx';
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
      <DialogHead title={title} />
      <ScrollArea className={content}>{children}</ScrollArea>
    </DialogFrame>
  );
}
