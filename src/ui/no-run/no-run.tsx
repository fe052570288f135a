import { range } from '../../base/numbers.ts';
import { Button } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './no-run.module.css';
import { sentence, silenceOf } from './run-text.ts';

/** Cards that say "as many as it takes". */
const MOST_CARDS = 8;

/** What stands on the stage as long as no run can be shown: that one is under way, or that it failed. */
export function NoRun() {
  const store = useRankscopeStore();
  const missing = useRankscope(({ shown }) => shown === null);
  const failure = useRankscope(({ status }) => (status.kind === 'failed' ? status.message : null));
  const silence = useRankscope(silenceOf);
  const sp = useRankscope((state) => state.case.sp);
  if (!missing) return null;
  const again = () => {
    const { case: wanted, modelName, open, lesson, returnToLesson } = store.getState();
    if (lesson === null) void open(wanted, 'settle', modelName);
    else void returnToLesson();
  };
  return (
    <section className={styles.place} data-failed={failure !== null} data-testid="no-run">
      <ul className={styles.cards} aria-hidden="true">
        {range(Math.min(sp, MOST_CARDS)).map((rank) => (
          <li key={rank}>{rank}</li>
        ))}
      </ul>
      {failure === null ? (
        <p role="status">{silence ?? 'The ranks are running …'}</p>
      ) : (
        <>
          <p role="alert" className={styles.failure}>
            <span aria-hidden="true">✕ </span>The ranks could not run. {sentence(failure)}
          </p>
          <p>
            Each rank is a Web Worker, a part of the browser that runs by itself. A blocker, a
            strict policy or a lost network keeps it from starting.
          </p>
          <Button look="primary" size="large" onClick={again} data-testid="run-again">
            Run it again
          </Button>
        </>
      )}
    </section>
  );
}
