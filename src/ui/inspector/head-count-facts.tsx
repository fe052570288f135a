import { rankList } from '../../core/recording/rank-list.ts';
import { stateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { grouped } from './inspected.ts';
import styles from './inspector.module.css';

interface Props {
  readonly trace: Trace;
  readonly tick: Tick;
}

/** What the processes remember from call to call, before and after this step. */
export function HeadCountFacts({ trace, tick }: Props) {
  const { headCount } = trace.recording.contract;
  if (headCount === null) return null;
  const before = stateAt(trace, tick - 1);
  const groups = grouped(
    stateAt(trace, tick).map(({ numKvHeads: after }, rank) => {
      const held = tick === 0 ? after : (before[rank]?.numKvHeads ?? null);
      return [rank, { before: held, after }] as const;
    }),
    (counts) => JSON.stringify(counts),
  );
  const keeper = headCount === 'layer' ? 'layer brings' : 'process remembers';
  return (
    <section className={styles.section} data-testid="head-count">
      <h3>
        <Glossed>{`Head count that the ${keeper}`}</Glossed>
      </h3>
      <ul>
        {groups.map(({ ranks, value }) => (
          <li key={ranks[0]}>
            {rankList(ranks, trace.lanes.length)}: <code>{countText(value.before)}</code>
            {value.before === value.after ? ', as before' : ' → '}
            {value.before !== value.after && <code>{countText(value.after)}</code>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function countText(count: number | null): string {
  return count === null ? 'unset' : String(count);
}
