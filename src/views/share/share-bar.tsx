import { useEffect } from 'react';
import { Icon } from '../icon.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { ActionButton } from './action-button.tsx';
import styles from './share.module.css';

/** Changes of the case, back and again; a session from a file and to one; the link. */
export function ShareBar() {
  return (
    <>
      <div className={styles.group}>
        <ActionButton id="undo">
          <Icon name="undo" />
        </ActionButton>
        <ActionButton id="redo">
          <Icon name="redo" />
        </ActionButton>
      </div>
      <div className={styles.group}>
        <ActionButton id="open-session">
          <Icon name="open" />
        </ActionButton>
        <ActionButton id="save-session">
          <Icon name="save" />
        </ActionButton>
        <ActionButton id="take-away">
          <Icon name="takeAway" />
        </ActionButton>
        <ActionButton id="copy-link">
          <Icon name="link" />
          <CopyWords />
        </ActionButton>
      </div>
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
