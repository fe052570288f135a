import type { ReactNode } from 'react';
import { scopeOf } from '../../core/cases/scope.ts';
import { isJudging } from '../../store/run-status.ts';
import { isJudged, type Judged, type Shown } from '../../store/shown.ts';
import type { RunStatus } from '../../store/state.ts';
import type { RunRef } from '../actions/run-ref.ts';
import { useRankscope } from '../store-context.ts';
import { VerdictBadge } from '../verdict.tsx';
import { ActionBar, BandFoot, type BandForm, RunFix } from './action-bar.tsx';
import { Advised } from './advice-line.tsx';
import { Running } from './running.tsx';
import { Sentence } from './sentence.tsx';
import styles from './verdict-band.module.css';

interface Props {
  readonly run: RunRef;
  readonly shown: Shown;
  readonly status: RunStatus;
  readonly form: BandForm;
  /** Of the band itself, and of its verdict. */
  readonly testIds: readonly [band: string, verdict: string];
  readonly label: string;
  /** What stands before the verdict, and at the end of its row. */
  readonly lead?: ReactNode;
  readonly trail?: ReactNode;
  /** How it is compared with its fix; absent where it is being compared. */
  readonly compare?: ReactNode;
}

/**
 * The band of a run that is on the screen: its verdict, one sentence of why, the fix, and what can be
 * done about it. In a lesson, whose words tell the rest, it is the verdict alone.
 */
export function RunBand(props: Props) {
  const { run, shown, status, form, testIds, label, lead, trail, compare } = props;
  const inLesson = useRankscope(({ lesson }) => lesson !== null);
  const judged = isJudged(shown) && !inLesson ? shown : null;
  const verdict = (
    <>
      <VerdictBadge shown={shown} testId={testIds[1]} />
      {status.kind === 'running' && <Running status={status} />}
    </>
  );
  const sentence = judged && <Sentence shown={judged} testId={`headline${run.suffix}`} />;
  const advice = judged && <AdviceOf run={run} shown={judged} form={form} />;
  const bar = judged && (
    <ActionBar run={run}>
      <RunFix run={run} form={form} />
      {compare}
    </ActionBar>
  );
  return (
    <section
      className={styles.band}
      aria-label={label}
      data-form={form}
      data-verdict={shown.verdict ?? 'none'}
      data-running={status.kind === 'running'}
      data-judging={isJudging({ status })}
      data-lesson={inLesson}
      data-part={run.suffix === '' ? 'verdict' : undefined}
      data-testid={testIds[0]}
    >
      {form === 'wide' ? (
        <>
          <div className={styles.row}>
            {lead}
            {verdict}
            {sentence}
            {bar}
            {trail}
          </div>
          {judged && (
            <div className={styles.advice}>
              {advice}
              <Scope shown={judged} />
            </div>
          )}
        </>
      ) : (
        <>
          <div className={styles.row}>
            {lead}
            {verdict}
            {trail}
          </div>
          {sentence}
          {judged && <BandFoot advice={advice}>{bar}</BandFoot>}
        </>
      )}
    </section>
  );
}

/** What to do, or of a fine run what speaks for it. */
function AdviceOf(props: {
  readonly run: RunRef;
  readonly shown: Judged;
  readonly form: BandForm;
}) {
  const { run, shown, form } = props;
  if (shown.verdict !== 'fine') return <Advised run={run} of={shown} form={form} />;
  return <p data-testid={`passed${run.suffix}`}>{passedText(shown.findings)}</p>;
}

/** Over what a verdict was reached that is not fine; one that is says it itself. */
function Scope({ shown }: { readonly shown: Judged }) {
  if (shown.verdict === 'fine') return null;
  return (
    <p className={styles.scope}>
      <b>Judged:</b> <span data-testid="scope">{scopeOf(shown.case)}</span>
    </p>
  );
}

function passedText(findings: Judged['findings']): string {
  const passed = findings.filter(({ status }) => status === 'pass').length;
  const rest = findings.length - passed;
  const others = rest === 0 ? '' : `; ${rest} ${rest === 1 ? 'does' : 'do'} not apply`;
  return `${passed} ${passed === 1 ? 'check passes' : 'checks pass'}${others}.`;
}
