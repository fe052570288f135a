import { useEffect, useState } from 'react';
import { isJudging } from '../../store/run-status.ts';
import { silenceOf } from '../no-run/run-text.ts';
import { useRankscope } from '../store-context.ts';
import styles from './verdict-band.module.css';

/** Milliseconds that a run may take without a word. */
const PATIENCE = 400;

/** Said beside the verdict of the last run, once the next one takes its time. Most never do. */
export function Running() {
  const silent = useRankscope(silenceOf) !== null;
  const judging = useRankscope(isJudging);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <p className={styles.running}>
      {silent ? 'ranks do not answer …' : judging ? 'judging …' : 'the ranks are running …'}
    </p>
  );
}
