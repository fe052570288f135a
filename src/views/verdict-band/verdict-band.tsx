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
import { ActionMenu, type MenuEntry } from '../menu/action-menu.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { CaseLine } from './case-line.tsx';
import { Running } from './running.tsx';
import { Sentence } from './sentence.tsx';
import styles from './verdict-band.module.css';

const COPY_ENTRIES: readonly MenuEntry[] = [
  { id: 'copy-issue', label: 'For an issue (Markdown)' },
  { id: 'copy-advice', label: 'The fix, as a sentence' },
  { id: 'copy-repro', label: 'Script with torch alone' },
  { id: 'copy-repro-deepspeed', label: 'Script that calls DeepSpeed' },
  { id: 'copy-pytest', label: 'pytest' },
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
  const presenting = useRankscope((state) => state.presenting);
  const running = useRankscope(({ status }) => status.kind === 'running');
  const judging = useRankscope(isJudging);
  if (!seen) return null;
  // As high before the first run as after it: nothing moves under the pointer.
  if (shown === null) return <div className={styles.band} />;
  const whole = isJudged(shown) && !inLesson;
  return (
    <section
      className={styles.band}
      aria-label="Verdict"
      data-verdict={shown.verdict ?? 'none'}
      data-running={running}
      data-judging={judging}
      data-lesson={inLesson}
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
          {verdictText(shown)}
        </p>
        {running && <Running />}
        {whole && <Sentence shown={shown} />}
        {whole && <ActionBar />}
        {presenting && <CaseLine />}
      </div>
      {whole && <AdviceRow shown={shown} />}
    </section>
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

/** What to do, as text that can be copied, or of a fine run what speaks for it; and over what it was reached. */
function AdviceRow({ shown }: { readonly shown: Judged }) {
  return (
    <div className={styles.advice}>
      {shown.verdict === 'fine' ? (
        <p data-testid="passed">{passedText(shown.findings)}</p>
      ) : (
        <>
          <Advised shown={shown} />
          <p className={styles.scope}>
            <b>Judged:</b> <span data-testid="scope">{scopeOf(shown.case)}</span>
          </p>
        </>
      )}
    </div>
  );
}

function passedText(findings: Judged['findings']): string {
  const passed = findings.filter(({ status }) => status === 'pass').length;
  const rest = findings.length - passed;
  const others = rest === 0 ? '' : `; ${rest} ${rest === 1 ? 'does' : 'do'} not apply`;
  return `${passed} ${passed === 1 ? 'check passes' : 'checks pass'}${others}.`;
}

/** What runs without upgrading is one click away. */
function Advised({ shown }: { readonly shown: Judged }) {
  const store = useRankscopeStore();
  const advised = useRankscope((state) => state.advised);
  useEffect(() => void store.getState().findAdvice(shown), [store, shown]);
  const advice = advised?.run === shown ? advised.advice : null;
  return (
    <p title={advice?.tried} data-testid="advice">
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
