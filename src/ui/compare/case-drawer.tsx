import { type ReactNode, useState } from 'react';
import { isComparing } from '../../store/comparison.ts';
import { useRankscope } from '../store-context.ts';
import styles from './compare.module.css';

/** The case's fields; behind a tab where two stages, or a small screen, leave no room for them. */
export function CaseDrawer({ children }: { readonly children: ReactNode }) {
  const comparing = useRankscope(isComparing);
  const [open, setOpen] = useState(false);
  const [before, setBefore] = useState(comparing);
  // Each comparison begins and ends with the drawer shut.
  if (before !== comparing) {
    setBefore(comparing);
    setOpen(false);
  }
  const title = comparing ? 'Case of both sides' : 'Case';
  return (
    <div className={styles.drawer} data-comparing={comparing}>
      <button
        type="button"
        className={styles.tab}
        aria-expanded={open}
        aria-controls="case-fields"
        data-testid="case-tab"
        onClick={() => setOpen(!open)}
      >
        <span>{open ? 'Close the case' : title}</span>
      </button>
      <div id="case-fields" className={styles.fields} data-open={open}>
        {children}
      </div>
    </div>
  );
}
