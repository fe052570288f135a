import { titleOf } from '../../engine/scope.ts';
import { bothSides } from '../../store/comparison.ts';
import { isJudged, type Shown } from '../../store/shown.ts';
import { differenceText } from '../../trace/beside/difference-text.ts';
import { firstDifference } from '../../trace/beside/first-difference.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { silenceOf } from '../no-run/run-text.ts';
import { useRankscope } from '../store-context.ts';
import { VerdictBadge } from '../verdict.tsx';
import styles from './compare.module.css';

/** Both verdicts, and what differs first. */
export function CompareStory() {
  const shown = useRankscope((state) => state.shown);
  const partner = useRankscope((state) => state.partner);
  const both = useRankscope(bothSides);
  if (partner === null) return null;
  const first = both === null ? null : firstDifference(both);
  const silence = silenceOf(partner);
  return (
    <>
      <section className={styles.story} aria-label="Comparison" data-testid="compare-story">
        <dl className={styles.sides}>
          <Side name="left" shown={shown} />
          <Side name="right" shown={partner.shown} />
        </dl>
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
          <p className={styles.first} data-testid="first-difference-text">
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

function Side({ name, shown }: { readonly name: 'left' | 'right'; readonly shown: Shown | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{shown === null ? 'running …' : titleOf(shown.case)}</dd>
      {shown !== null && (
        <dd>
          <VerdictBadge shown={shown} testId={`told-${name}`} />
        </dd>
      )}
      {/* Of the left side the band has said it. */}
      {name === 'right' && shown !== null && isJudged(shown) && (
        <dd data-testid="why-right">{shown.explanation.headline}</dd>
      )}
    </div>
  );
}
