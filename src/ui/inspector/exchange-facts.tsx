import { memoized } from '../../base/memo.ts';
import { range } from '../../base/numbers.ts';
import { rankList } from '../../core/recording/rank-list.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';
import { Term } from '../glossary/term.tsx';
import { grouped } from './inspected.ts';
import styles from './inspector.module.css';
import { amountText } from './measures.ts';
import { SplitMatrix } from './split-matrix.tsx';
import { meetingOf, type Splits, splitsOf, type Traffic, trafficOf } from './splits.ts';

interface Props {
  readonly trace: Trace;
  readonly rank: number;
  readonly placed: PlacedEvent;
}

/** More groups of ranks than are listed. */
const MOST_GROUPS = 8;

/** What every rank sends, and what its peers expect of it. */
export function ExchangeFacts({ trace, rank, placed }: Props) {
  const meeting = meetingOf(trace, rank, placed);
  if (meeting === null) return null;
  const splits = splitsOf(meeting);
  return (
    <section className={styles.section} data-testid="exchange">
      <h3>
        <Term id="split-sizes">Sent and expected</Term>
      </h3>
      <Totals splits={splits} />
      <SplitMatrix splits={splits} />
    </section>
  );
}

const trafficGroups = memoized((splits: Splits) =>
  grouped(
    range(splits.worldSize).map((rank) => [rank, trafficOf(splits, rank)] as const),
    (traffic) => JSON.stringify(traffic),
  ),
);

/** In all, once for ranks of the same amounts. */
function Totals({ splits }: { readonly splits: Splits }) {
  const groups = trafficGroups(splits);
  return (
    <ul data-testid="traffic">
      {groups.slice(0, MOST_GROUPS).map(({ ranks, value }) => (
        <li key={ranks[0]}>
          {rankList(ranks, splits.worldSize)}:{' '}
          {value === null ? 'nothing is known of its counts' : trafficText(value, ranks.length)}
        </li>
      ))}
      {groups.length > MOST_GROUPS && <li>and {groups.length - MOST_GROUPS} other amounts</li>}
    </ul>
  );
}

/** "sends 160 elements, 640 B; expects 100 elements, 400 B; 40 elements stay" */
function trafficText({ sends, expects, own }: Traffic, ranks: number): string {
  const [send, expect] = ranks === 1 ? ['sends', 'expects'] : ['send', 'expect'];
  const each = ranks === 1 ? '' : ' each';
  return `${send} ${amountText(sends)}${each}; ${expect} ${amountText(expects)}; of what is sent, ${own} stay`;
}
