import { useEffect } from 'react';
import type { Advice } from '../../core/advice/advice.ts';
import { type AdviceLine, adviceLines } from '../../core/advice/advice-text.ts';
import { adviceOn } from '../../store/advice-slice.ts';
import type { CaseVerdict } from '../../store/state.ts';
import type { RunRef } from '../actions/run-ref.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { type BandForm, RunWithout } from './action-bar.tsx';
import { MoreAdvice } from './more-advice.tsx';

/**
 * What to do about a run, as text that can be copied: all of it where there is the width of the page,
 * elsewhere what comes first, with the rest behind a button.
 */
export function Advised(props: {
  readonly run: RunRef;
  readonly of: CaseVerdict;
  readonly form: BandForm;
}) {
  const { run, of, form } = props;
  const store = useRankscopeStore();
  const advice = useRankscope((state) => adviceOn(state, of.case));
  useEffect(() => void store.getState().findAdvice(of), [store, of]);
  return (
    <p title={advice?.tried} data-testid={`advice${run.suffix}`}>
      {advice === null ? (
        'Running the changes that could mend it …'
      ) : (
        <Told run={run} advice={advice} form={form} />
      )}
    </p>
  );
}

/** What runs without upgrading is one click away. */
function Told(props: { readonly run: RunRef; readonly advice: Advice; readonly form: BandForm }) {
  const { run, advice, form } = props;
  const lines = adviceLines(advice);
  if (lines.length === 0) return advice.tried;
  const first = form === 'wide' ? lines : firstLines(lines, advice);
  return (
    <>
      {first.map(({ part, label, text }) => (
        <span key={part} data-advice={part}>
          <b>{label}:</b> {text}.{' '}
        </span>
      ))}
      {first.some(({ part }) => part === 'without') && <RunWithout run={run} advice={advice} />}
      {form === 'compact' && <MoreAdvice run={run} advice={advice} />}
    </>
  );
}

/** The fix; where there is none, what runs without one. */
function firstLines(lines: readonly AdviceLine[], { fixes }: Advice): readonly AdviceLine[] {
  const first = fixes.length > 0 ? ['fix'] : ['fix', 'without'];
  return lines.filter(({ part }) => first.includes(part));
}
