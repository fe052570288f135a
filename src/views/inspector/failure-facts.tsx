import { BACKENDS } from '../../engine/backends.ts';
import type { RankEvent } from '../../engine/event.ts';
import { rankList } from '../../engine/rank-list.ts';
import { waitsOf } from '../../trace/meetings.ts';
import type { Trace } from '../../trace/trace.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { grouped } from './inspected.ts';
import styles from './inspector.module.css';

export type Failure = Extract<
  RankEvent,
  { kind: 'raised' | 'mismatched' | 'abandoned' | 'astray' | 'lost' }
>;

interface Props {
  readonly trace: Trace;
  readonly rank: number;
  readonly event: Failure;
}

/** More groups of ranks that wait than are listed. */
const MOST_WAITS = 8;

/** What failed on this rank, who waits for whom, and what the backends would do. */
export function FailureFacts({ trace, rank, event }: Props) {
  const worldSize = trace.lanes.length;
  const forEver = waitsOf(trace).filter(({ until }) => until === null);
  const waits = grouped(
    forEver.map((wait) => [wait.rank, wait] as const),
    ({ since, peers }) => `${since} ${peers}`,
  );
  return (
    <section className={styles.section} data-testid="failure">
      <h3>{TITLES[event.kind]}</h3>
      {event.kind === 'raised' ? (
        <div className={styles.exception}>
          <strong>{event.error}</strong>
          <p>{event.message}</p>
        </div>
      ) : (
        <p className={styles.exception}>
          <Glossed>{`✕ ${sentence(event, rank, worldSize)}`}</Glossed>
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
          {BY_BACKENDS[event.kind === 'raised' && waits.length > 0 ? 'abandoned' : event.kind]}
        </Glossed>
      </p>
    </section>
  );
}

const TITLES: Record<Failure['kind'], string> = {
  raised: 'Exception',
  mismatched: 'Sizes disagree',
  abandoned: 'Waits forever',
  astray: 'In different collectives',
  lost: 'Never comes back',
};

function sentence(
  event: Exclude<Failure, { kind: 'raised' }>,
  rank: number,
  worldSize: number,
): string {
  switch (event.kind) {
    case 'mismatched':
      return 'What ranks send is not what their peers expect: nothing is exchanged.';
    case 'abandoned':
      return `Rank ${rank} is in the collective; ${rankList(event.by, worldSize)} will never come to it.`;
    case 'astray':
      return `Rank ${rank} called ${event.collectives[rank] ?? 'nothing'}, others another collective.`;
    case 'lost':
      return event.how === 'terminates'
        ? `The process of rank ${rank} ends.`
        : `Rank ${rank} never comes to the next collective.`;
  }
}

/** What real backends make of it. */
const BY_BACKENDS: Record<Failure['kind'], string> = {
  raised: 'No backend hears of it: the exception ends the process.',
  mismatched: `${BACKENDS.sizes}.`,
  abandoned: `${BACKENDS.absent}.`,
  astray: `${BACKENDS.astray}.`,
  lost: `Peers get no message. ${BACKENDS.absent}.`,
};
