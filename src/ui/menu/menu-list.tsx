import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { type Action, perform } from '../actions/action.ts';
import { Keys } from '../dialogs/keys.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './menu.module.css';

/** One line of a menu. */
export interface MenuEntry {
  /** What it runs. */
  readonly action: Action;
  /** Whether it is listed only on a small screen, where its own button has no room. */
  readonly small?: boolean;
}

/** The button of a menu, and what it opens. */
export function MenuList(props: {
  readonly trigger: ReactElement;
  readonly testId: string;
  readonly entries: readonly MenuEntry[];
  readonly defaultOpen: boolean;
}) {
  const { trigger, testId, entries, defaultOpen } = props;
  return (
    <Menu.Root modal={false} defaultOpen={defaultOpen}>
      <Menu.Trigger render={trigger} />
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
