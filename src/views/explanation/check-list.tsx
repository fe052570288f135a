import type { CheckStatus, Finding } from '../../engine/finding.ts';
import styles from './explanation.module.css';

const SIGNS: Record<CheckStatus, { sign: string; word: string; order: number }> = {
  fail: { sign: '✕', word: 'fails', order: 0 },
  pass: { sign: '✓', word: 'passes', order: 1 },
  'not-applicable': { sign: '–', word: 'cannot be judged', order: 2 },
};

/** Every check with its evidence, worst first. */
export function CheckList({ findings }: { readonly findings: readonly Finding[] }) {
  const sorted = findings.toSorted((a, b) => SIGNS[a.status].order - SIGNS[b.status].order);
  return (
    <ul className={styles.checks} aria-label="Checks" data-testid="checks">
      {sorted.map(({ check, title, status, summary }) => (
        <li key={check} data-status={status} data-testid={`check-${check}`}>
          <span className={styles.sign} aria-hidden="true">
            {SIGNS[status].sign}
          </span>
          <div>
            <p>
              {title}
              <span className="visually-hidden">: {SIGNS[status].word}</span>
            </p>
            <small>{summary}</small>
          </div>
        </li>
      ))}
    </ul>
  );
}
