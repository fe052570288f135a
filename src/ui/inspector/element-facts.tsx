import { at } from '../../base/assert.ts';
import { callTitle } from '../../core/contract/call-title.ts';
import { coordinatesText } from '../../core/judge/checks/compare-with-truth.ts';
import { indexOf } from '../../trace/local-map.ts';
import type { HeldElement } from '../../trace/origin.ts';
import { type Journey, whereAt } from '../../trace/provenance.ts';
import { rankStateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { Glossed } from '../glossary/glossed-text.tsx';
import { Term } from '../glossary/term.tsx';
import { Button } from '../kit/button.tsx';
import { useRankscopeStore } from '../store-context.ts';
import { Hops } from './hops.tsx';
import styles from './inspector.module.css';
import { sizesText } from './measures.ts';
import { heldAt, type Whereabouts, whereaboutsOf } from './whereabouts.ts';

interface Props {
  readonly trace: Trace;
  readonly tick: Tick;
  /** The rank that the rest of the panel is about. */
  readonly rank: number;
  readonly journey: Journey | null;
}

const NEXT_WRONG = actionOf('next-wrong');

/** The element that is followed: what and where it is, where it should be, its whole way. */
export function ElementFacts({ trace, tick, rank, journey }: Props) {
  if (journey === null) return <NothingFollowed trace={trace} tick={tick} rank={rank} />;
  return <Followed trace={trace} tick={tick} journey={journey} />;
}

function NothingFollowed({ trace, tick, rank }: Omit<Props, 'journey'>) {
  const store = useRankscopeStore();
  const { holding } = rankStateAt(trace, rank, tick);
  const tensor = holding.findIndex(({ shape }) => shape.every((size) => size > 0));
  return (
    <section className={styles.section} data-testid="no-element">
      <h3>
        <Term id="element">Element</Term>
      </h3>
      <p className={styles.note}>
        None is followed. Click an element on the stage, or press Enter on it, to see where it came
        from and where it goes.
      </p>
      <Button
        className={styles.action}
        disabled={NEXT_WRONG.enabled?.(store.getState()) === false}
        data-testid="follow-wrong"
        onClick={() => perform(NEXT_WRONG, store)}
      >
        {NEXT_WRONG.title} ({NEXT_WRONG.keys?.[0]})
      </Button>
      {tensor >= 0 && (
        <Button
          className={styles.action}
          data-testid="follow-first"
          onClick={() => store.getState().look({ selection: { tick, rank, tensor, place: 0 } })}
        >
          Follow the first element of rank {rank}
        </Button>
      )}
    </section>
  );
}

function Followed({ trace, tick, journey }: Omit<Props, 'rank'> & { readonly journey: Journey }) {
  const store = useRankscopeStore();
  const now = whereAt(journey, tick, 'own');
  const twins = whereAt(journey, tick, 'twins');
  const whereabouts = whereaboutsOf(journey, tick);
  const { tensor } = at(trace.recording.contract.calls, journey.call);
  const home = at(journey.hops, 0).rank;
  return (
    <section className={styles.section} data-testid="element">
      <h3>
        <Glossed>
          {journey.element === null
            ? `Padding of ${tensor}`
            : `Element ${coordinatesText(journey.element)} of ${tensor}`}
        </Glossed>
      </h3>
      <dl className={styles.whereabouts}>
        <dt>home</dt>
        <dd>rank {home}</dd>
        <dt>now</dt>
        <dd data-testid="element-now">
          {now.length === 0
            ? 'in no rank’s hands'
            : now.map((held) => placeText(trace, tick, held)).join('; ')}
        </dd>
        {twins.length > 0 && (
          <>
            <dt>
              <Term id="twin">{twins.length === 1 ? 'twin' : 'twins'}</Term>
            </dt>
            <dd>
              <Places trace={trace} tick={tick} places={twins} />
            </dd>
          </>
        )}
        <dt>belongs</dt>
        <dd data-testid="element-belongs" data-wrong={whereabouts.right === false}>
          {belongsText(trace, tick, journey, whereabouts)}
        </dd>
        {!whereabouts.ahead && (
          <>
            <dt>should be here</dt>
            <dd data-testid="element-instead">
              <Instead trace={trace} tick={tick} whereabouts={whereabouts} />
            </dd>
          </>
        )}
      </dl>
      <Hops journey={journey} tick={tick} />
      <Button className={styles.action} onClick={() => store.getState().look({ selection: null })}>
        Stop following
      </Button>
    </section>
  );
}

function belongsText(
  trace: Trace,
  tick: Tick,
  journey: Journey,
  { call, ahead, belongs, returned, right }: Whereabouts,
): string {
  const title = callTitle(trace.recording.contract.calls, call);
  if (journey.element === null) return 'nowhere: it is no element of the tensor';
  if (ahead) return `told once ${title} is over`;
  if (belongs.length === 0) return `on no rank that ${title} returns to`;
  const where = belongs
    .map(({ rank, index }) => `rank ${rank} at ${sizesText(index)}`)
    .join(' and ');
  if (returned === null) return `on ${where}, but ${title} does not return it`;
  if (right === true) {
    return returned.tick <= tick ? `✓ on ${where}` : `on ${where}, once ${title} returns`;
  }
  return `✕ on ${where}, but ${title} returns it on rank ${returned.rank} at ${sizesText(returned.index)}`;
}

/** Who should be here: the element that the followed one's place belongs to, and where that is. */
function Instead({
  trace,
  tick,
  whereabouts,
}: {
  readonly trace: Trace;
  readonly tick: Tick;
  readonly whereabouts: Whereabouts;
}) {
  const { call, returned, right, instead } = whereabouts;
  if (returned === null) return 'no place is right or wrong, as it is not returned';
  const here = `rank ${returned.rank} at ${sizesText(returned.index)}`;
  if (instead === null) return `nothing: ${here} is no place of the tensor`;
  if (right === true) return `itself, on ${here}`;
  const held = heldAt(trace, tick, call, instead.id);
  return (
    <>
      ✕ on {here} should be {coordinatesText(instead.element)}
      {held.length === 0 ? ', which no rank holds now' : ', which is now at '}
      <Places trace={trace} tick={tick} places={held} />
    </>
  );
}

function Places({
  trace,
  tick,
  places,
}: {
  readonly trace: Trace;
  readonly tick: Tick;
  readonly places: readonly HeldElement[];
}) {
  const store = useRankscopeStore();
  return places.map((held) => (
    <Button
      className={styles.link}
      look="words"
      key={`${held.rank} ${held.tensor} ${held.place}`}
      onClick={() => store.getState().look({ selection: { tick, ...held } })}
    >
      {placeText(trace, tick, held)}
    </Button>
  ));
}

/** "rank 1 at [0, 2, 0, 1]", "rank 1 at [0, 1] of tensor 3" */
function placeText(trace: Trace, tick: Tick, { rank, tensor, place }: HeldElement): string {
  const { holding } = rankStateAt(trace, rank, tick);
  const index = sizesText(indexOf(at(holding, tensor).shape, place));
  return `rank ${rank} at ${index}${holding.length > 1 ? ` of tensor ${tensor}` : ''}`;
}
