import type { Dialog } from '../../store/view.ts';
import { IconButton } from '../kit/button.tsx';
import { Input } from '../kit/field.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './notice.module.css';

/**
 * What the page has to say of a link, a file, or the clipboard, until it is dismissed: in the dialog
 * that is open, where there is one, as nobody reads what stands behind it.
 */
export function NoticeBanner({ inside = null }: { readonly inside?: Dialog | null }) {
  const store = useRankscopeStore();
  const notice = useRankscope((state) => (state.dialog === inside ? state.notice : null));
  const dismiss = () => store.getState().notify(null);
  // The place is always there: a live region speaks of what is put into it.
  return (
    <div role={notice?.wrong === true ? 'alert' : 'status'}>
      {notice !== null && (
        <div className={styles.notice} data-wrong={notice.wrong} data-testid="notice">
          <span className={styles.sign} aria-hidden="true">
            {notice.wrong ? '✕' : 'i'}
          </span>
          <p className={styles.text}>{notice.text}</p>
          <IconButton
            className={styles.close}
            label="Dismiss"
            size="small"
            data-testid="dismiss"
            onClick={dismiss}
          >
            ✕
          </IconButton>
          {notice.toCopy !== undefined && (
            <Input
              className={styles.copy}
              aria-label="Link to this moment"
              readOnly
              value={notice.toCopy}
              ref={(field) => {
                field?.focus();
                field?.select();
              }}
              data-testid="link-to-copy"
            />
          )}
        </div>
      )}
    </div>
  );
}
