import { useMemo } from 'react';
import { perform } from '../../actions/action.ts';
import { actionOf } from '../../actions/index.ts';
import { titleOf } from '../../engine/scope.ts';
import { bothSides } from '../../store/comparison.ts';
import type { Shown } from '../../store/shown.ts';
import { differenceText } from '../../trace/beside/difference-text.ts';
import { cursorOfB, stepAt } from '../../trace/beside/shared-cursor.ts';
import { Keys } from '../dialogs/keys.tsx';
import { callAt, RibbonOf } from '../ribbon/ribbon.tsx';
import { Stage } from '../stage/stage.tsx';
import { StageOf } from '../stage/stage-of.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { VerdictBadge } from '../verdict.tsx';
import { distinctionOf } from './case-title.ts';
import styles from './compare.module.css';
import { partnerSource } from './partner-source.ts';

/** Two runs side by side under one cursor: left the case of the page, right the one beside it. */
export function CompareStage() {
  const store = useRankscopeStore();
  const source = useMemo(() => partnerSource(store), [store]);
  const shown = useRankscope((state) => state.shown);
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
      <Half name="Left" side="left" shown={shown} differs={differs}>
        <Way own={shown} call={left} other={beside} otherCall={right} testId="ribbon" />
        <Stage />
      </Half>
      <Half name="Right" side="right" shown={beside} differs={differs}>
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
  readonly name: string;
  readonly side: 'left' | 'right';
  readonly shown: Shown | null;
  readonly differs: Parameters<typeof distinctionOf>[1];
  readonly children: React.ReactNode;
}) {
  const { name, side, shown, differs, children } = props;
  const distinction = shown === null ? '' : distinctionOf(shown.case, differs);
  return (
    <section className={styles.half} aria-label={`${name} side`} data-testid={`side-${side}`}>
      <header className={styles.head}>
        <p className={styles.title} data-alike={!('implementation' in differs)}>
          <small>{side}</small>
          {shown === null ? (
            'The ranks are running …'
          ) : (
            <>
              <strong>{titleOf(shown.case)}</strong>
              {distinction !== '' && <span title={distinction}>{distinction}</span>}
            </>
          )}
        </p>
        {shown !== null && <VerdictBadge shown={shown} testId={`verdict-${side}`} />}
      </header>
      {children}
    </section>
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
    <button
      type="button"
      className={styles.button}
      title={action.title}
      disabled={!able}
      data-testid={id}
      onClick={() => perform(action, store)}
    >
      {label} <Keys chords={(action.keys ?? []).map((key) => key.replace('Escape', 'Esc'))} />
    </button>
  );
}
