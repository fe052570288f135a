import { Menu } from '@base-ui/react/menu';
import { type Action, perform } from '../../actions/action.ts';
import { Keys } from '../dialogs/keys.tsx';
import { Button, type Dress } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './menu.module.css';

/** One line of a menu. */
export interface MenuEntry {
  /** What it runs. */
  readonly action: Action;
  /** Whether it is listed only on a small screen, where its own button has no room. */
  readonly small?: boolean;
}

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
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={<Button size={size} className={className} />} data-testid={testId}>
        {label} <span aria-hidden="true">▾</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={styles.positioner} sideOffset={6} align="end">
          <Menu.Popup className={styles.popup} data-testid={`${testId}-menu`}>
            {entries.map((entry) => (
              <Entry key={entry.action.id} entry={entry} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ entry: { action, small } }: { readonly entry: MenuEntry }) {
  const store = useRankscopeStore();
  const enabled = useRankscope((state) => action.enabled?.(state) !== false);
  return (
    <Menu.Item
      className={styles.item}
      data-small={small}
      disabled={!enabled}
      data-testid={`menu-${action.id}`}
      onClick={() => perform(action, store)}
    >
      <span>{action.short ?? action.title}</span>
      <Keys chords={(action.keys ?? []).slice(0, 1)} />
    </Menu.Item>
  );
}
