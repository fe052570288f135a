import { printValue } from '../../core/python/condition/syntax.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import { rankList } from '../../core/recording/rank-list.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { Condition } from '../explanation/condition.tsx';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Term } from '../glossary/term.tsx';
import { decidingPart, unaskedText } from './deciding.ts';
import { eventsOfKind, grouped, type RankGroup } from './inspected.ts';
import styles from './inspector.module.css';

type Asked = Extract<RankEvent, { kind: 'decided' | 'guarded' }>;

interface Props {
  readonly trace: Trace;
  readonly tick: Tick;
  readonly kind: Asked['kind'];
}

/** The condition with the values that it met, and which part decided it; once for ranks that agree. */
export function DecisionFacts({ trace, tick, kind }: Props) {
  const asked = eventsOfKind(trace, tick, kind);
  const groups = grouped<Asked>(asked, ({ condition, evaluation }) =>
    JSON.stringify([condition, evaluation]),
  );
  return (
    <section className={styles.section} data-testid="decision">
      <h3>
        {kind === 'decided' ? (
          <Term id="condition">Decision</Term>
        ) : (
          <Term id="guard">Assertion</Term>
        )}
      </h3>
      {groups.map((group) => (
        <Answer key={group.ranks[0]} group={group} worldSize={trace.lanes.length} />
      ))}
    </section>
  );
}

function Answer({
  group,
  worldSize,
}: {
  readonly group: RankGroup<Asked>;
  readonly worldSize: number;
}) {
  const { ranks, value } = group;
  const { condition, evaluation } = value;
  const wrong = value.kind === 'guarded' && !value.held;
  const part = decidingPart(condition, evaluation);
  const unasked = unaskedText(condition, evaluation);
  const outcome =
    value.kind === 'decided'
      ? `the ${value.branch} path`
      : value.held
        ? 'it holds'
        : '✕ it does not hold, and raises';
  return (
    <div className={styles.answer}>
      <p>
        {rankList(ranks, worldSize)}:{' '}
        <strong data-wrong={wrong}>
          <Glossed>{outcome}</Glossed>
        </strong>
      </p>
      <Condition
        text={condition}
        parts={evaluation.parts}
        outcome={printValue(evaluation.truth)}
        wrong={wrong}
      />
      {part !== null && (
        <p data-testid="decided-by">
          Decided by <code>{condition.slice(part.from, part.to)}</code>, which is{' '}
          {printValue(part.value)}.
          {unasked !== '' && (
            <>
              {' '}
              Never asked: <code>{unasked}</code>.
            </>
          )}
        </p>
      )}
    </div>
  );
}
