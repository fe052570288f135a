import { callTitle } from '../../core/contract/call-title.ts';
import { operationText } from '../../trace/moment.ts';
import type { Hop, Journey } from '../../trace/provenance.ts';
import type { Tick } from '../../trace/trace.ts';
import { useRankscopeStore } from '../store-context.ts';
import styles from './inspector.module.css';
import { sizesText } from './measures.ts';

/** The whole way of an element, call by call; each hop leads to its moment. */
export function Hops({ journey, tick }: { readonly journey: Journey; readonly tick: Tick }) {
  const own = journey.hops.filter((hop) => hop.own);
  const current = own.findLast((hop) => hop.tick <= tick) ?? null;
  const { calls } = journey.trace.recording.contract;
  return [...new Set(own.map(({ placed }) => placed.call))].map((call) => (
    <section key={call} className={styles.hops}>
      <h4>{callTitle(calls, call)}</h4>
      <ol>
        {own
          .filter(({ placed }) => placed.call === call)
          .map((hop) => (
            <li key={`${hop.tick} ${hop.rank} ${hop.placed.index} ${hop.place}`}>
              <HopButton hop={hop} current={hop === current} />
            </li>
          ))}
      </ol>
    </section>
  ));
}

function HopButton({ hop, current }: { readonly hop: Hop; readonly current: boolean }) {
  const store = useRankscopeStore();
  const { tick, rank, tensor, place, placed, index, moved, sender } = hop;
  const follow = () => {
    const { look, seek } = store.getState();
    look({ selection: { tick, rank, tensor, place } });
    seek(tick);
  };
  return (
    <button
      type="button"
      className={styles.hop}
      aria-current={current ? 'step' : undefined}
      data-testid="hop"
      onClick={follow}
    >
      <span>{tick + 1}</span>
      <span>rank {rank}</span>
      <code>{operationText(placed.event)}</code>
      <span>
        {sizesText(index)}
        {sender !== null ? ` from rank ${sender}` : moved ? ' copied' : ''}
      </span>
    </button>
  );
}
