import { useState } from 'react';
import type { Selection } from '../../store/view.ts';
import { whereAt } from '../../trace/provenance.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';
import { ScrollArea } from '../kit/scroll-area.tsx';
import { wayOf } from '../stage/follow.ts';
import { useRankscope } from '../store-context.ts';
import { DecisionFacts } from './decision-facts.tsx';
import { ElementFacts } from './element-facts.tsx';
import { ExchangeFacts } from './exchange-facts.tsx';
import { FailureFacts } from './failure-facts.tsx';
import { HeadCountFacts } from './head-count-facts.tsx';
import { inspect, rankConcerned } from './inspected.ts';
import styles from './inspector.module.css';
import { Listing } from './listing.tsx';
import { StepTitle } from './step-title.tsx';
import { TensorFacts } from './tensor-facts.tsx';

/** The operation under the cursor on one rank, and the way of the element that is followed. */
export function InspectorPanel() {
  const trace = useRankscope((state) => state.shown?.trace ?? null);
  return (
    <section className={styles.panel} aria-label="Inspector" data-testid="inspector">
      <ScrollArea content={styles.content}>
        {trace === null ? (
          <p className={styles.note}>What each operation did appears when the run finishes.</p>
        ) : (
          <Inspector trace={trace} />
        )}
      </ScrollArea>
    </section>
  );
}

/** A rank that a person looks at, until another element is followed or another run is shown. */
interface Chosen {
  readonly rank: number;
  readonly selection: Selection | null;
  readonly trace: Trace;
}

function Inspector({ trace }: { readonly trace: Trace }) {
  const cursor = useRankscope((state) => Math.ceil(state.cursor));
  const tick = Math.min(cursor, trace.ticks - 1);
  const selection = useRankscope((state) => state.selection);
  const journey = selection === null ? null : wayOf(trace, selection);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const followed = journey === null ? null : (whereAt(journey, tick, 'own')[0]?.rank ?? null);
  const wish = chosen?.selection === selection && chosen.trace === trace ? chosen.rank : null;
  const rank = wish ?? rankConcerned(trace, tick, followed);
  const choose = (one: number | null) =>
    setChosen(one === null ? null : { rank: one, selection, trace });
  const inspected = inspect(trace, tick, rank);
  return (
    <>
      <StepTitle trace={trace} tick={tick} inspected={inspected} chosen={wish} choose={choose} />
      {inspected.placed !== null && (
        <>
          <Listing trace={trace} rank={rank} placed={inspected.placed} />
          <Facts trace={trace} rank={rank} placed={inspected.placed} all={inspected.together} />
        </>
      )}
      <ElementFacts trace={trace} tick={tick} rank={rank} journey={journey} />
    </>
  );
}

interface FactsProps {
  readonly trace: Trace;
  readonly rank: number;
  readonly placed: PlacedEvent;
  /** The other events of the rank in this moment too. */
  readonly all: readonly PlacedEvent[];
}

/** What there is to be said of an event, by its kind. */
function Facts({ trace, rank, placed, all }: FactsProps) {
  const { event } = placed;
  switch (event.kind) {
    case 'decided':
    case 'guarded':
      return (
        <>
          <DecisionFacts trace={trace} tick={placed.tick} kind={event.kind} />
          <HeadCountFacts trace={trace} tick={placed.tick} />
        </>
      );
    case 'remembered':
      return <HeadCountFacts trace={trace} tick={placed.tick} />;
    case 'offered':
    case 'received':
      return (
        <>
          <TensorFacts events={[placed]} />
          <ExchangeFacts trace={trace} rank={rank} placed={placed} />
        </>
      );
    case 'mismatched':
      return (
        <>
          <FailureFacts trace={trace} rank={rank} event={event} />
          <ExchangeFacts trace={trace} rank={rank} placed={placed} />
        </>
      );
    case 'abandoned':
    case 'astray':
    case 'lost':
    case 'raised':
      return (
        <>
          <FailureFacts trace={trace} rank={rank} event={event} />
          <HeadCountFacts trace={trace} tick={placed.tick} />
        </>
      );
    case 'called':
      return (
        <>
          <TensorFacts events={[placed]} />
          <HeadCountFacts trace={trace} tick={placed.tick} />
        </>
      );
    case 'local':
    case 'returned':
    case 'attended':
      return <TensorFacts events={all.length > 0 ? all : [placed]} />;
  }
}
