import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { at } from '../../base/assert.ts';
import type { Piece } from '../../content/glossary/glossed.ts';
import {
  addressOf,
  type Exhibit,
  type NamedCase,
  type Thread,
} from '../../content/museum/exhibit.ts';
import { BROKEN_CASES } from '../../content/museum/index.ts';
import { museumAddress } from '../../store/link/museum-address.ts';
import { VERDICT_SIGNS } from '../../store/shown-text.ts';
import { actionOf } from '../actions/index.ts';
import { compareWithRepair, exhibitRun } from '../actions/museum-actions.ts';
import { fixOf, type RunRef } from '../actions/run-ref.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { Icon } from '../icon.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { ActionBar, BandFoot, BarButton } from '../verdict-band/action-bar.tsx';
import { Advised } from '../verdict-band/advice-line.tsx';
import { textsOf } from './exhibit-texts.ts';
import styles from './museum.module.css';
import { ExhibitPicture } from './picture.tsx';
import { useNear } from './use-near.ts';

/** A public bug: its picture, what is to be said of it, and its cases. */
export function ExhibitCard({ exhibit }: { readonly exhibit: Exhibit }) {
  const { id, title, threads } = exhibit;
  const { texts, verdicts } = textsOf(exhibit);
  const cases = BROKEN_CASES.filter((one) => one.exhibit === exhibit);
  const [pictured, picture] = useState(at(cases, 0));
  const marked = useRankscope((state) => state.exhibit === id);
  const card = useRef<HTMLElement>(null);

  useEffect(() => {
    if (!marked) return;
    card.current?.scrollIntoView({ block: 'start' });
    card.current?.focus({ preventScroll: true });
  }, [marked]);

  return (
    <article
      ref={card}
      className={styles.card}
      tabIndex={-1}
      aria-labelledby={`exhibit-${id}`}
      data-marked={marked}
      data-testid={`exhibit-${id}`}
    >
      <ExhibitPicture broken={pictured.broken} />
      <div className={styles.told}>
        <header className={styles.name}>
          <h3 id={`exhibit-${id}`}>{title}</h3>
          <ExhibitLink exhibit={exhibit} />
        </header>
        <dl className={styles.texts}>
          {texts.map(({ label, pieces }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <GlossedText pieces={pieces} />
              </dd>
            </div>
          ))}
        </dl>
        <p className={styles.threads}>
          {threads.length === 0 ? 'No thread: found by running it.' : threads.map(threadLink)}
        </p>
      </div>
      <ul className={styles.cases}>
        {cases.map((one, index) => (
          <CaseRow
            key={one.id}
            shown={one}
            verdict={at(verdicts, index)}
            pictured={cases.length > 1 && one === pictured}
            onPicture={() => picture(one)}
          />
        ))}
      </ul>
    </article>
  );
}

/** The short, lasting address of an exhibit. A click marks it; the address bar then says it. */
export function ExhibitLink(props: {
  readonly exhibit: Exhibit;
  readonly children?: string;
  readonly current?: boolean;
}) {
  const store = useRankscopeStore();
  const { exhibit, children, current = false } = props;
  const { id, title } = exhibit;
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // Marked already, it may have been scrolled away.
    store.getState().look({ exhibit: null });
    queueMicrotask(() => store.getState().look({ exhibit: id }));
  };
  const number = /^\d/.test(id) ? `#${id}` : '';
  return (
    <a
      href={`#${museumAddress(id)}`}
      aria-current={current ? 'true' : undefined}
      aria-label={children === undefined ? `${number} Address of “${title}”`.trim() : undefined}
      title={children === undefined ? 'The lasting address of this exhibit' : undefined}
      onClick={follow}
    >
      {children === undefined && <Icon name="link" />}
      {number} {children}
    </a>
  );
}

function threadLink(thread: Thread) {
  const { project, number } = thread;
  return (
    <a
      key={`${project}${number}`}
      href={addressOf(thread)}
      target="_blank"
      rel="noreferrer"
      title={`${project}#${number}, on GitHub`}
    >
      {project.split('/').at(-1)} #{number}
      <span aria-hidden="true"> ↗</span>
    </a>
  );
}

/** A broken case: what it comes to, and how to see it. Pointed at, it is what the picture shows. */
function CaseRow(props: {
  readonly shown: NamedCase;
  /** Its verdict, glossed. */
  readonly verdict: readonly Piece[];
  readonly pictured: boolean;
  readonly onPicture: () => void;
}) {
  const { shown, verdict: told, pictured, onPicture } = props;
  const { id, broken } = shown;
  const run = useMemo(() => exhibitRun(shown), [shown]);
  const row = useRef<HTMLLIElement>(null);
  const near = useNear(row);
  return (
    <li
      ref={row}
      className={styles.case}
      data-pictured={pictured}
      data-testid={`case-${id}`}
      onPointerEnter={onPicture}
      onFocus={onPicture}
    >
      <p>
        <span>{broken.label}</span>
        <em data-verdict={broken.verdict}>
          {VERDICT_SIGNS[broken.verdict]} <GlossedText pieces={told} />
        </em>
      </p>
      <BandFoot advice={near && <Advised run={run} of={broken} form="compact" />}>
        <ActionBar run={run}>
          <Ways shown={shown} run={run} />
        </ActionBar>
      </BandFoot>
    </li>
  );
}

/** A broken case on the stage, and beside its repair, or the nearest fix. */
function Ways({ shown, run }: { readonly shown: NamedCase; readonly run: RunRef }) {
  const { id, broken } = shown;
  const { label, repair } = broken;
  const fixed = useRankscope((state) => repair !== undefined || fixOf(state, run) !== null);
  const beside = repair === undefined ? 'the fix' : 'the repair';
  return (
    <>
      <BarButton
        action={actionOf(`open-${id}`)}
        testId={`open-${id}`}
        label={`Open broken: ${label}`}
      >
        Open broken
      </BarButton>
      {fixed ? (
        <BarButton
          action={compareWithRepair(shown)}
          testId={`compare-${id}`}
          label={`Compare with ${beside}: ${label}${repair ? `, ${repair.label}` : ''}`}
          title={`Beside ${repair?.label ?? beside}, in lockstep`}
        >
          {`Compare with ${beside}`}
        </BarButton>
      ) : (
        <small className={styles.unrepaired}>no repair here</small>
      )}
    </>
  );
}
