import { Button, type Dress } from '../kit/button.tsx';
import { late, useOpener } from '../late.ts';
import type { MenuEntry } from './menu-list.tsx';

const LIST = late(() => import('./menu-list.tsx').then((part) => part.MenuList));

/** A button that opens a menu of actions, each with its name and its keys. */
export function ActionMenu(props: {
  readonly label: string;
  readonly testId: string;
  /** Of its button. */
  readonly size?: NonNullable<Dress['size']>;
  readonly className?: string | undefined;
  readonly entries: readonly MenuEntry[];
}) {
  const { label, testId, size = 'medium', className, entries } = props;
  const { found: List, pressed, button, press } = useOpener(LIST);
  const resting = List === null ? RESTING : {};
  const trigger = (
    <Button
      {...resting}
      ref={button}
      size={size}
      className={className}
      data-testid={testId}
      onClick={List === null ? press : undefined}
      onKeyDown={({ key }) => {
        if (List === null && (key === 'ArrowDown' || key === 'ArrowUp')) press();
      }}
    >
      {label} <span aria-hidden="true">▾</span>
    </Button>
  );
  if (List === null) return trigger;
  return <List {...{ trigger, testId, entries }} defaultOpen={pressed} />;
}

const RESTING = { 'aria-haspopup': 'menu', 'aria-expanded': false } as const;
