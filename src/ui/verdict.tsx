import type { Shown } from '../store/shown.ts';
import { verdictText } from '../store/shown-text.ts';
import styles from './verdict.module.css';

/** What a run comes to, in a few words; or that its ranks stand. */
export function VerdictBadge({
  shown,
  testId,
}: {
  readonly shown: Shown;
  readonly testId: string;
}) {
  return (
    <p
      className={styles.verdict}
      data-verdict={shown.verdict ?? 'none'}
      data-testid={testId}
      role="status"
    >
      {verdictText(shown)}
    </p>
  );
}
