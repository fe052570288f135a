import { type ReactNode, useState } from 'react';
import { wayOf } from '../../draw/stage/follow.ts';
import type { Selection } from '../../store/view.ts';
import type { FactsOf } from '../../trace/event-kind.ts';
import { kindOf } from '../../trace/event-kinds.ts';
import { whereAt } from '../../trace/provenance.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';
import { ScrollArea } from '../kit/scroll-area.tsx';
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
function Facts(about: FactsProps) {
  return kindOf(about.placed.event).facts.map((facts) => {
    const Section = SECTIONS[facts];
    return <Section key={facts} {...about} />;
  });
}

/** What each of the facts that a kind of event has is told by. */
const SECTIONS: Record<FactsOf, (about: FactsProps) => ReactNode> = {
  tensors: ({ placed }) => <TensorFacts events={[placed]} />,
  'tensors together': ({ placed, all }) => <TensorFacts events={all.length > 0 ? all : [placed]} />,
  exchange: (about) => <ExchangeFacts {...about} />,
  decision: ({ trace, placed: { tick, event } }) =>
    (event.kind === 'decided' || event.kind === 'guarded') && (
      <DecisionFacts trace={trace} tick={tick} kind={event.kind} />
    ),
  'head count': ({ trace, placed }) => <HeadCountFacts trace={trace} tick={placed.tick} />,
  failure: ({ trace, rank, placed }) => (
    <FailureFacts trace={trace} rank={rank} event={placed.event} />
  ),
};
