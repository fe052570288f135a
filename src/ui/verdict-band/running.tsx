import { useEffect, useState } from 'react';
import type { RunStatus } from '../../store/state.ts';
import styles from './verdict-band.module.css';

/** Milliseconds that a run may take without a word. */
const PATIENCE = 400;

type Status = Extract<RunStatus, { readonly kind: 'running' }>;

/** Said beside the verdict of the last run, once the next one takes its time. Most never do. */
export function Running({ status: { silence, judging } }: { readonly status: Status }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <p className={styles.running}>
      {silence !== null
        ? 'ranks do not answer …'
        : judging === true
          ? 'judging …'
          : 'the ranks are running …'}
    </p>
  );
}
