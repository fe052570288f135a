import { memo } from 'react';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { callTitle } from '../../core/contract/call-title.ts';
import { rankList } from '../../core/recording/rank-list.ts';
import { momentsOf, operationText } from '../../trace/moment.ts';
import { outOf } from '../../trace/moment-text.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Term } from '../glossary/term.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Options } from '../kit/field.tsx';
import type { Inspected } from './inspected.ts';
import styles from './inspector.module.css';

interface Props {
  readonly trace: Trace;
  readonly tick: Tick;
  readonly inspected: Inspected;
  /** The rank that a person chose to look at, if any. */
  readonly chosen: number | null;
  /** Looks at another rank; null: at whichever the moment is about. */
  choose(rank: number | null): void;
}

/** More groups than fit before what they are about. */
const MOST_GROUPS = 6;

/** What happens, on which ranks, where in the program; and which rank is looked at. */
export function StepTitle({ trace, tick, inspected, chosen, choose }: Props) {
  const { rank, placed, idle, together, groups } = inspected;
  const { calls, sp } = trace.recording.contract;
  const [own, ...others] = groups;
  const { call } = at(momentsOf(trace), tick);
  const times = together.length > 1 ? ` × ${together.length}` : '';
  return (
    <header className={styles.title}>
      <h2 data-testid="inspected-operation">
        <code>{placed === null ? 'nothing yet' : `${operationText(placed.event)}${times}`}</code>
      </h2>
      <p data-testid="inspected-where">
        <Glossed>
          {idle || own === undefined ? `rank ${rank}` : `on ${rankList(own.ranks, sp)}`}
        </Glossed>{' '}
        · <Term id="call">{callTitle(calls, call)}</Term> · <Term id="step">step</Term> {tick + 1}
        {outOf(trace)}
      </p>
      {idle && placed !== null && (
        <p className={styles.note}>
          Rank {rank} does nothing in this step; shown is what it did last, in step{' '}
          {placed.tick + 1}.
        </p>
      )}
      {(idle ? groups : others).slice(0, MOST_GROUPS).map(({ ranks, value }) => (
        <Button look="words" key={ranks[0]} onClick={() => choose(ranks[0] ?? null)}>
          {rankList(ranks, sp)}: <code>{operationText(value)}</code>
        </Button>
      ))}
      <Field label="Seen on" className={styles.chooser}>
        {(id) => (
          <Options
            id={id}
            value={chosen ?? ''}
            data-testid="inspected-rank"
            onChange={({ target: { value } }) => choose(value === '' ? null : Number(value))}
          >
            <option value="">rank {rank}, as in this step</option>
            <RankOptions count={trace.lanes.length} />
          </Options>
        )}
      </Field>
    </header>
  );
}

/** Up to 1,024 of them, which stay as they are from step to step. */
const RankOptions = memo(({ count }: { readonly count: number }) =>
  range(count).map((rank) => (
    <option key={rank} value={rank}>
      rank {rank}
    </option>
  )),
);
