import { useEffect } from 'react';
import { perform } from '../../actions/action.ts';
import { fixOf, openRemedy } from '../../actions/fix-actions.ts';
import { actionOf } from '../../actions/index.ts';
import type { Advice } from '../../advice/advice.ts';
import { adviceLines } from '../../advice/advice-text.ts';
import { scopeOf } from '../../engine/scope.ts';
import { isJudging } from '../../store/run-status.ts';
import { isJudged, type Judged } from '../../store/shown.ts';
import { verdictText } from '../../store/shown-text.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { ActionMenu, type MenuEntry } from '../menu/action-menu.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Running } from './running.tsx';
import styles from './verdict-band.module.css';

const COPY_ENTRIES: readonly MenuEntry[] = [
  { id: 'copy-issue', label: 'For an issue (Markdown)' },
  { id: 'copy-advice', label: 'The fix, as a sentence' },
  { id: 'copy-repro', label: 'Script with torch alone' },
  { id: 'copy-repro-deepspeed', label: 'Script that calls DeepSpeed' },
  { id: 'copy-pytest', label: 'pytest' },
  { id: 'copy-link', label: 'Link to this moment' },
];

/**
 * The band under the header, on every place that shows a run: its verdict and what can be done about
 * it. The page gives it a row of its own, as high as what it holds. In a lesson, whose words tell the
 * rest, it is the verdict alone.
 */
export function VerdictBand() {
  const shown = useRankscope((state) => state.shown);
  const seen = useRankscope(({ place }) => place === 'stage' || place === 'map');
  const inLesson = useRankscope(({ lesson }) => lesson !== null);
  const running = useRankscope(({ status }) => status.kind === 'running');
  const judging = useRankscope(isJudging);
  if (shown === null || !seen) return null;
  const whole = isJudged(shown) && !inLesson;
  return (
    <section
      className={styles.band}
      aria-label="Verdict"
      data-verdict={shown.verdict ?? 'none'}
      data-running={running}
      data-judging={judging}
      data-part="verdict"
      data-testid="verdict-band"
    >
      <div className={styles.row}>
        <p
          className={styles.verdict}
          data-verdict={shown.verdict ?? 'none'}
          data-testid="verdict"
          role="status"
        >
          <Glossed>{verdictText(shown)}</Glossed>
        </p>
        {running && <Running />}
        {whole && <Why shown={shown} />}
        {whole && <ActionBar />}
      </div>
      {whole && shown.verdict !== 'fine' && <AdviceRow shown={shown} />}
    </section>
  );
}

/** One sentence of why, and over what the verdict was reached. */
function Why({ shown }: { readonly shown: Judged }) {
  return (
    <p className={styles.why}>
      {shown.verdict !== 'fine' && <span data-testid="why">{shown.explanation.headline}</span>}{' '}
      <small data-testid="scope">{scopeOf(shown.case)}</small>
    </p>
  );
}

/** What can be done, always in this order and place: the fix, the comparison, the copies. */
function ActionBar() {
  const store = useRankscopeStore();
  const fix = useRankscope(fixOf);
  const compared = useRankscope(({ partner }) => partner !== null);
  return (
    <div className={styles.actions}>
      {fix !== null && (
        <>
          <button
            type="button"
            className={styles.button}
            data-testid={`same-case-${fix.id}`}
            onClick={() => perform(actionOf('apply-fix'), store)}
          >
            Run {fix.name}
          </button>
          {!compared && (
            <button
              type="button"
              className={styles.primary}
              data-testid="compare-with-it"
              onClick={() => perform(actionOf('compare-with-fix'), store)}
            >
              Compare with {fix.name}
            </button>
          )}
        </>
      )}
      <ActionMenu label="Copy" testId="copy" className={styles.button} entries={COPY_ENTRIES} />
    </div>
  );
}

/** What to do, as text that can be copied; what runs without upgrading is one click away. */
function AdviceRow({ shown }: { readonly shown: Judged }) {
  const store = useRankscopeStore();
  const advised = useRankscope((state) => state.advised);
  useEffect(() => void store.getState().findAdvice(shown), [store, shown]);
  const advice = advised?.run === shown ? advised.advice : null;
  return (
    <p className={styles.advice} title={advice?.tried} data-testid="advice">
      {advice === null ? 'Running the changes that could mend it …' : <Told advice={advice} />}
    </p>
  );
}

function Told({ advice }: { readonly advice: Advice }) {
  const store = useRankscopeStore();
  const lines = adviceLines(advice);
  const [best] = advice.without;
  if (lines.length === 0) return advice.tried;
  return (
    <>
      {lines.map(({ part, label, text }) => (
        <span key={part} data-advice={part}>
          <b>{label}:</b> {text}.{' '}
        </span>
      ))}
      {best !== undefined && (
        <button
          type="button"
          className={styles.try}
          data-testid={`same-case-${best.id}`}
          onClick={() => openRemedy(store, best)}
        >
          Run {best.name}
        </button>
      )}
    </>
  );
}
