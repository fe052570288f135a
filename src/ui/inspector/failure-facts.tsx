import type { RankEvent } from '../../core/recording/event.ts';
import { rankList } from '../../core/recording/rank-list.ts';
import { EVENT_KINDS, kindOf } from '../../trace/event-kinds.ts';
import { waitsOf } from '../../trace/meetings.ts';
import type { Trace } from '../../trace/trace.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { grouped } from './inspected.ts';
import styles from './inspector.module.css';

interface Props {
  readonly trace: Trace;
  readonly rank: number;
  readonly event: RankEvent;
}

/** More groups of ranks that wait than are listed. */
const MOST_WAITS = 8;

/** Who waits hears nothing of what is raised elsewhere. */
const WAITING = EVENT_KINDS.abandoned.failure;

/** What failed on this rank, who waits for whom, and what the backends would do. */
export function FailureFacts({ trace, rank, event }: Props) {
  const { failure } = kindOf(event);
  if (failure === undefined) return null;
  const worldSize = trace.lanes.length;
  const forEver = waitsOf(trace).filter(({ until }) => until === null);
  const waits = grouped(
    forEver.map((wait) => [wait.rank, wait] as const),
    ({ since, peers }) => `${since} ${peers}`,
  );
  return (
    <section className={styles.section} data-testid="failure">
      <h3>{failure.title}</h3>
      {event.kind === 'raised' ? (
        <div className={styles.exception}>
          <strong>{event.error}</strong>
          <p>{event.message}</p>
        </div>
      ) : (
        <p className={styles.exception}>
          <Glossed>{`✕ ${failure.sentence?.(event, rank, worldSize) ?? ''}`}</Glossed>
        </p>
      )}
      {event.kind === 'raised' && event.stumble !== undefined && (
        <p>
          It was raised while <code>{event.stumble.condition}</code> was asked, at{' '}
          <code>{event.stumble.condition.slice(event.stumble.at.from, event.stumble.at.to)}</code>.
        </p>
      )}
      {waits.length > 0 && (
        <ul data-testid="waits">
          {waits.slice(0, MOST_WAITS).map(({ ranks, value }) => (
            <li key={ranks[0]}>
              {rankList(ranks, worldSize)} {ranks.length === 1 ? 'waits' : 'wait'} for{' '}
              {rankList(value.peers, worldSize)} since step {value.since + 1}, forever
            </li>
          ))}
          {waits.length > MOST_WAITS && <li>and {waits.length - MOST_WAITS} more like this</li>}
        </ul>
      )}
      <p className={styles.note}>
        <Glossed>
          {event.kind === 'raised' && waits.length > 0 ? WAITING.backends : failure.backends}
        </Glossed>
      </p>
    </section>
  );
}
