import type { Verdict } from '../engine/finding.ts';
import type { Shown } from '../store/shown.ts';
import styles from './verdict.module.css';

export const VERDICT_SIGNS: Record<Verdict, string> = {
  'ranks disagree': '✕',
  raises: '✕',
  'silently wrong': '✕',
  'wrong shape': '✕',
  unbalanced: '!',
  fine: '✓',
};

/** What a run comes to, in a few words. */
export function VerdictBadge({
  shown: { verdict, explanation },
  testId,
}: {
  readonly shown: Shown;
  readonly testId: string;
}) {
  return (
    <p className={styles.verdict} data-verdict={verdict} data-testid={testId} role="status">
      {VERDICT_SIGNS[verdict]} {explanation.short}
    </p>
  );
}
