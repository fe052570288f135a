import { type ReactNode, useState } from 'react';
import { isComparing } from '../../store/comparison.ts';
import { useRankscope } from '../store-context.ts';
import styles from './compare.module.css';

/** The case's fields; behind a tab where two stages leave no room for them. */
export function CaseDrawer({ children }: { readonly children: ReactNode }) {
  const comparing = useRankscope(isComparing);
  const [open, setOpen] = useState(false);
  // The next comparison begins with the drawer shut.
  if (!comparing && open) setOpen(false);
  if (!comparing) return children;
  return (
    <div className={styles.drawer}>
      <button
        type="button"
        className={styles.tab}
        aria-expanded={open}
        aria-controls="case-fields"
        data-testid="case-tab"
        onClick={() => setOpen(!open)}
      >
        <span>{open ? 'Close the case' : 'Case of both sides'}</span>
      </button>
      <div id="case-fields" className={styles.fields} data-open={open}>
        {children}
      </div>
    </div>
  );
}
