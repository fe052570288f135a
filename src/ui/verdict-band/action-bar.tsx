import { type ReactNode, useMemo } from 'react';
import type { Advice } from '../../core/advice/advice.ts';
import { type Action, perform } from '../actions/action.ts';
import { copyActions } from '../actions/copy-actions.ts';
import { applyFix } from '../actions/fix-actions.ts';
import { actionOf } from '../actions/index.ts';
import { fixOf, type RunRef } from '../actions/run-ref.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { ActionMenu } from '../menu/action-menu.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './verdict-band.module.css';

/** Whether a band has the width of the page, or stands in a part of it. */
export type BandForm = 'wide' | 'compact';

/** The lowest row of a band in a part of the page: what to do, and what can be done at once. */
export function BandFoot(props: { readonly advice: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.foot}>
      <div className={styles.advice}>{props.advice}</div>
      {props.children}
    </div>
  );
}

/** What can be done about a run, always in this order and place: the fix, the comparison, the copies. */
export function ActionBar({
  run,
  children,
}: {
  readonly run: RunRef;
  readonly children: ReactNode;
}) {
  const entries = useMemo(() => copyActions(run).map((action) => ({ action })), [run]);
  return (
    <div className={styles.actions}>
      {children}
      <ActionMenu
        label="Copy"
        testId={`copy${run.suffix}`}
        size="large"
        className={styles.button}
        entries={entries}
      />
    </div>
  );
}

/** Runs the nearest fix in the place of a run; nothing where there is none. */
export function RunFix({ run, form }: { readonly run: RunRef; readonly form: BandForm }) {
  const fix = useRankscope((state) => fixOf(state, run));
  const action = useMemo(() => applyFix(run), [run]);
  if (fix === null) return null;
  return (
    <BarButton action={action} testId={`same-case-${fix.id}${run.suffix}`} title={fix.does}>
      {/* Where it is short, the line beside it says which. */}
      {form === 'wide' ? `Run ${fix.name}` : 'Run the fix'}
    </BarButton>
  );
}

/** Sets the run of the page beside its nearest fix; nothing where there is none. */
export function CompareWithFix({ run }: { readonly run: RunRef }) {
  const fix = useRankscope((state) => fixOf(state, run));
  if (fix === null) return null;
  return (
    <BarButton primary action={actionOf('compare-with-fix')} testId="compare-with-it">
      {`Compare with ${fix.name}`}
    </BarButton>
  );
}

/** Runs the best of what runs without a fix, in the place of the run. */
export function RunWithout({ run, advice }: { readonly run: RunRef; readonly advice: Advice }) {
  const store = useRankscopeStore();
  const [best] = advice.without;
  if (best === undefined) return null;
  return (
    <Button
      look="words"
      data-testid={`same-case-${best.id}${run.suffix}`}
      onClick={() => run.replace(store, best.case)}
    >
      Run {best.name}
    </Button>
  );
}

/** One button of a bar. */
export function BarButton(props: {
  readonly action: Action;
  readonly testId: string;
  readonly children: string;
  readonly primary?: boolean;
  readonly title?: string;
  /** What a screen reader says, where the words beside the button do not go without saying. */
  readonly label?: string;
}) {
  const store = useRankscopeStore();
  const { action, testId, children, primary = false, title, label } = props;
  return (
    <Button
      className={styles.button}
      look={primary ? 'primary' : 'plain'}
      title={title}
      aria-label={label}
      data-testid={testId}
      onClick={() => perform(action, store)}
    >
      {children}
    </Button>
  );
}

/** A button of a bar that leads to another tab. */
export function BarLink(props: {
  readonly href: string;
  readonly testId: string;
  readonly children: string;
}) {
  const { href, testId, children } = props;
  return (
    <ButtonLink
      className={styles.button}
      look="primary"
      href={href}
      target="_blank"
      rel="noreferrer"
      data-testid={testId}
    >
      {children} <span aria-hidden="true">↗</span>
      <span className="visually-hidden">in a new tab</span>
    </ButtonLink>
  );
}
