import { useMemo } from 'react';
import type { CasePatch } from '../../core/cases/case-option.ts';
import { titleOf } from '../../core/cases/case-title.ts';
import type { Case } from '../../core/contract/case.ts';
import { bothSides } from '../../store/comparison.ts';
import type { Shown } from '../../store/shown.ts';
import type { RunStatus } from '../../store/state.ts';
import { differenceText } from '../../trace/beside/difference-text.ts';
import { cursorOfB, stepAt } from '../../trace/beside/shared-cursor.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { PAGE_RUN, RIGHT_RUN, type RunRef } from '../actions/run-ref.ts';
import { Keys } from '../dialogs/keys.tsx';
import { Button } from '../kit/button.tsx';
import { callAt, RibbonOf } from '../ribbon/ribbon.tsx';
import { Stage } from '../stage/stage.tsx';
import { StageOf } from '../stage/stage-of.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { RunBand } from '../verdict-band/run-band.tsx';
import { distinctionOf } from './case-title.ts';
import styles from './compare.module.css';
import { partnerSource } from './partner-source.ts';

/** Two runs side by side under one cursor: left the case of the page, right the one beside it. */
export function CompareStage() {
  const store = useRankscopeStore();
  const source = useMemo(() => partnerSource(store), [store]);
  const shown = useRankscope((state) => state.shown);
  const status = useRankscope((state) => state.status);
  const partner = useRankscope((state) => state.partner);
  const left = useRankscope((state) =>
    state.shown === null ? 0 : callAt(state.shown.trace, state.cursor),
  );
  const right = useRankscope((state) => {
    const both = bothSides(state);
    return both === null ? 0 : callAt(both.b, cursorOfB(both, state.cursor));
  });
  if (partner === null) return null;
  const beside = partner.shown;
  const differs = partner.differs;
  return (
    <div className={styles.compare} data-testid="comparison">
      <Bar />
      <Half side="left" run={PAGE_RUN} shown={shown} status={status} differs={differs}>
        <Way own={shown} call={left} other={beside} otherCall={right} testId="ribbon" />
        <Stage />
      </Half>
      <Half side="right" run={RIGHT_RUN} shown={beside} status={partner.status} differs={differs}>
        <Way own={beside} call={right} other={shown} otherCall={left} testId="ribbon-partner" />
        <StageOf
          source={source}
          label="What each rank holds on the right side"
          testId="stage-partner"
        />
      </Half>
    </div>
  );
}

function Half(props: {
  readonly side: 'left' | 'right';
  readonly run: RunRef;
  readonly shown: Shown | null;
  readonly status: RunStatus;
  readonly differs: CasePatch;
  readonly children: React.ReactNode;
}) {
  const { side, run, shown, status, differs, children } = props;
  const name = side === 'left' ? 'Left side' : 'Right side';
  return (
    <section className={styles.half} aria-label={name} data-testid={`side-${side}`}>
      {shown === null ? (
        <p className={styles.title}>
          <small>{side}</small> The ranks are running …
        </p>
      ) : (
        <RunBand
          run={run}
          shown={shown}
          status={status}
          form="compact"
          label={`${name}: verdict`}
          testIds={[`band-${side}`, `verdict-${side}`]}
          lead={<Title side={side} of={shown.case} differs={differs} />}
        />
      )}
      {children}
    </section>
  );
}

/** Which side it is, and what tells its case from the other. */
function Title(props: { readonly side: string; readonly of: Case; readonly differs: CasePatch }) {
  const { side, of, differs } = props;
  const distinction = distinctionOf(of, differs);
  return (
    <p className={styles.title} data-alike={!('implementation' in differs)}>
      <small>{side}</small>
      <strong>{titleOf(of)}</strong>
      {distinction !== '' && <span title={distinction}>{distinction}</span>}
    </p>
  );
}

/** The ribbon of one side, with what differs from the other marked. */
function Way(props: {
  readonly own: Shown | null;
  readonly call: number;
  readonly other: Shown | null;
  readonly otherCall: number;
  readonly testId: string;
}) {
  const { own, call, other, otherCall, testId } = props;
  const beside = useMemo(
    () => (other === null ? null : { trace: other.trace, call: otherCall }),
    [other, otherCall],
  );
  return <RibbonOf trace={own?.trace ?? null} call={call} beside={beside} testId={testId} />;
}

/** What differs in the step under the cursor, and where else to look. */
function Bar() {
  const text = useRankscope((state) => {
    const both = bothSides(state);
    if (both === null) return 'The ranks are running …';
    const step = Math.ceil(stepAt(both, state.cursor));
    return differenceText(both, step) ?? 'No difference in this step.';
  });
  return (
    <div className={styles.bar}>
      <p data-testid="difference-now" title={text}>
        {text}
      </p>
      <ActionButton id="first-difference" label="First difference" />
      <ActionButton id="next-difference" label="Next" />
      <ActionButton id="swap-sides" label="Swap" />
      <ActionButton id="end-compare" label="Leave" />
    </div>
  );
}

function ActionButton({ id, label }: { readonly id: string; readonly label: string }) {
  const store = useRankscopeStore();
  const action = actionOf(id);
  const able = useRankscope((state) => action.enabled?.(state) !== false);
  return (
    <Button
      title={action.title}
      disabled={!able}
      data-testid={id}
      onClick={() => perform(action, store)}
    >
      {label} <Keys chords={(action.keys ?? []).map((key) => key.replace('Escape', 'Esc'))} />
    </Button>
  );
}
