import { useEffect, useRef } from 'react';
import { at } from '../../base/assert.ts';
import { glossed } from '../../content/glossary/glossed.ts';
import type { CheckStatus, Finding } from '../../core/judge/finding.ts';
import { spokenChecks } from '../../store/lesson-path.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { useRankscope } from '../store-context.ts';
import styles from './explanation.module.css';

const SIGNS: Record<CheckStatus, { sign: string; word: string; order: number }> = {
  fail: { sign: '✕', word: 'fails', order: 0 },
  pass: { sign: '✓', word: 'passes', order: 1 },
  'not-applicable': { sign: '–', word: 'cannot be judged', order: 2 },
};

/** Every check with its evidence, worst first. */
export function CheckList(props: {
  readonly findings: readonly Finding[];
  /** What was read before: its words are explained there. */
  readonly after: string;
}) {
  const { findings, after } = props;
  const sorted = findings.toSorted((a, b) => SIGNS[a.status].order - SIGNS[b.status].order);
  const [, ...titles] = glossed([after, ...sorted.map(({ title }) => title)]);
  const spoken = useRankscope(spokenChecks);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (spoken === '') return;
    list.current?.querySelector('[data-spoken="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [spoken]);
  return (
    <ul
      ref={list}
      className={styles.checks}
      aria-label="Checks"
      data-part="checks"
      data-testid="checks"
    >
      {sorted.map(({ check, status, summary }, index) => (
        <li
          key={check}
          data-status={status}
          data-spoken={spoken.split(' ').includes(check)}
          data-testid={`check-${check}`}
        >
          <span className={styles.sign} aria-hidden="true">
            {SIGNS[status].sign}
          </span>
          <div>
            <p>
              <GlossedText pieces={at(titles, index)} />
              <span className="visually-hidden">: {SIGNS[status].word}</span>
            </p>
            <small>{summary}</small>
          </div>
        </li>
      ))}
    </ul>
  );
}
