import { createContext, type ReactNode, useContext, useId } from 'react';
import { moveInRow } from './roving.ts';

interface Choosing {
  readonly value: string;
  readonly choose: (value: string) => void;
  /** What the ids of tabs and panels begin with. */
  readonly id: string;
}

const ChoosingContext = createContext<Choosing | null>(null);

function useChoosing(): Choosing {
  const choosing = useContext(ChoosingContext);
  if (choosing === null) throw new Error('invariant broken: tabs stand inside of Tabs');
  return choosing;
}

/** What the tabs in `children` choose among: `value` is the one whose panel is seen. */
export function Tabs<T extends string>(props: {
  readonly value: T;
  /** All that `value` may be. */
  readonly among: readonly T[];
  readonly onChoose: (value: T) => void;
  readonly children: ReactNode;
}) {
  const { value, among, onChoose, children } = props;
  const id = useId();
  const choose = (wanted: string) => {
    const next = among.find((one) => one === wanted);
    if (next !== undefined) onChoose(next);
  };
  return <ChoosingContext value={{ value, choose, id }}>{children}</ChoosingContext>;
}

/** The tabs in a row; arrow keys go from one to the next, Enter chooses. */
export function TabList(props: {
  readonly className: string | undefined;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const { className, label, children } = props;
  return (
    <div role="tablist" className={className} aria-label={label} onKeyDown={moveInRow}>
      {children}
    </div>
  );
}

export function Tab(props: {
  readonly value: string;
  readonly className: string | undefined;
  readonly testId?: string;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const { value, className, testId, title, children } = props;
  const { value: chosen, choose, id } = useChoosing();
  const active = value === chosen;
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-tab-${value}`}
      aria-selected={active}
      aria-controls={active ? `${id}-panel-${value}` : undefined}
      tabIndex={active ? 0 : -1}
      className={className}
      data-active={active ? '' : undefined}
      data-testid={testId}
      title={title}
      onClick={() => choose(value)}
    >
      {children}
    </button>
  );
}

/** What is seen while its tab is chosen; kept in the page meanwhile where `kept` says so. */
export function TabPanel(props: {
  readonly value: string;
  readonly className: string | undefined;
  readonly kept?: boolean;
  readonly tabIndex?: number;
  readonly children: ReactNode;
}) {
  const { value, className, kept = false, tabIndex = 0, children } = props;
  const { value: chosen, id } = useChoosing();
  if (value !== chosen && !kept) return null;
  return (
    <div
      role="tabpanel"
      id={`${id}-panel-${value}`}
      aria-labelledby={`${id}-tab-${value}`}
      tabIndex={value === chosen ? tabIndex : -1}
      hidden={value !== chosen}
      className={className}
    >
      {children}
    </div>
  );
}
