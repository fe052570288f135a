import { bothSides } from '../../store/comparison.ts';
import { differenceText } from '../../trace/beside/difference-text.ts';
import { firstDifference } from '../../trace/beside/first-difference.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { silenceOf } from '../no-run/run-text.ts';
import { useRankscope } from '../store-context.ts';
import styles from './compare.module.css';

/** What differs first, and why the right side cannot follow where it cannot. */
export function CompareStory() {
  const partner = useRankscope((state) => state.partner);
  const both = useRankscope(bothSides);
  if (partner === null) return null;
  const first = both === null ? null : firstDifference(both);
  const silence = silenceOf(partner);
  return (
    <>
      <section className={styles.story} aria-label="Comparison" data-testid="compare-story">
        {partner.status.kind === 'failed' && (
          <p className={styles.refused} role="alert">
            ✕ The right side cannot follow: {partner.status.message}
            {partner.shown !== null && ' The last run that could is still shown.'}
          </p>
        )}
        {silence !== null && (
          <p className={styles.refused} role="status" data-testid="right-silence">
            On the right side: {silence}
            {partner.shown !== null && ' The last run that came to its end is still shown.'}
          </p>
        )}
        {both !== null && (
          <p data-testid="first-difference-text">
            <Glossed>
              {first === null
                ? 'No differences.'
                : first.matters
                  ? `What differs first: ${differenceText(both, first.step)}`
                  : `Every call ends the same. ${differenceText(both, first.step)}`}
            </Glossed>
          </p>
        )}
      </section>
      <p className={styles.whose}>About the left side</p>
    </>
  );
}
