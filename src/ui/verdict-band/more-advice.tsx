import type { Advice } from '../../core/advice/advice.ts';
import { adviceLines } from '../../core/advice/advice-text.ts';
import { scopeOf } from '../../core/cases/scope.ts';
import type { RunRef } from '../actions/run-ref.ts';
import { Button } from '../kit/button.tsx';
import { Popover } from '../popover/popover.tsx';
import { RunWithout } from './action-bar.tsx';
import styles from './more-advice.module.css';

/** All of the advice on a run, where there is room for a line of it: behind a button after that. */
export function MoreAdvice({ run, advice }: { readonly run: RunRef; readonly advice: Advice }) {
  return (
    <Popover
      title="What to do"
      align="start"
      className={styles.popup}
      trigger={
        <Button look="words" data-testid={`more-advice${run.suffix}`}>
          More <span className="visually-hidden">about the fix</span>
          <span aria-hidden="true">▾</span>
        </Button>
      }
    >
      {adviceLines(advice).map(({ part, label, text }) => (
        <p key={part}>
          <b>{label}:</b> {text}. {part === 'without' && <RunWithout run={run} advice={advice} />}
        </p>
      ))}
      <p className={styles.tried}>
        Judged: {scopeOf(advice.of)}. Changes tried over: {advice.scope}. {advice.tried}
      </p>
    </Popover>
  );
}
