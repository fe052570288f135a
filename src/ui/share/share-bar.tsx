import { useEffect } from 'react';
import { actionOf } from '../actions/index.ts';
import { Joined } from '../joined.tsx';
import { ActionMenu } from '../menu/action-menu.tsx';
import type { MenuEntry } from '../menu/menu-list.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { ActionButton } from './action-button.tsx';
import styles from './share.module.css';

const FILE_ENTRIES: readonly MenuEntry[] = [
  ...['undo', 'redo', 'compare', 'copy-link'].map((id) => ({ action: actionOf(id), small: true })),
  ...['open-session', 'save-session', 'export'].map((id) => ({ action: actionOf(id) })),
];

/** Changes of the case, back and again; a session from a file and to one; the link. */
export function ShareBar() {
  return (
    <>
      <div className={styles.group}>
        <Joined legend="Changes of the case" part="changes">
          <ActionButton id="undo">Undo</ActionButton>
          <ActionButton id="redo">Redo</ActionButton>
        </Joined>
      </div>
      <div className={styles.group}>
        <ActionButton id="copy-link">
          <CopyWords />
        </ActionButton>
      </div>
      <ActionMenu
        label="File"
        testId="file"
        size="large"
        className={styles.menu}
        entries={FILE_ENTRIES}
      />
    </>
  );
}

/** "Copy link", and for a moment "Copied": both in one place. */
function CopyWords() {
  const store = useRankscopeStore();
  const copied = useRankscope((state) => state.copied);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => store.getState().setCopied(false), COPIED_FOR);
    return () => clearTimeout(timer);
  }, [copied, store]);
  return (
    <span className={styles.words}>
      <span data-said={!copied}>Copy link</span>
      <span data-said={copied} className={styles.copied}>
        Copied
      </span>
      <span className="visually-hidden" role="status">
        {copied && 'The link is copied.'}
      </span>
    </span>
  );
}

/** Milliseconds. */
const COPIED_FOR = 1800;
