import { Dialog } from '@base-ui/react/dialog';
import { ACTION_GROUPS, type Action, perform } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/index.ts';
import type { RankscopeState } from '../../store/state.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { ActionSearch, type ActionSearchGroup } from './action-search.tsx';
import styles from './dialogs.module.css';

/** Every action and case that there is, found by typing. */
export function Palette() {
  const store = useRankscopeStore();
  const open = useRankscope(({ dialog }) => dialog === 'palette');
  const close = () => store.getState().look({ dialog: null });
  const choose = (action: Action) => {
    close();
    perform(action, store);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Viewport className={styles.viewport}>
          <Dialog.Popup
            className={styles.palette}
            aria-label="Find an action or a case"
            data-testid="palette"
          >
            <ActionSearch
              groups={groupsOf(store.getState())}
              label="What to do"
              placeholder="What would you like to do?"
              onChoose={choose}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What can be done now, group by group. */
function groupsOf(state: RankscopeState): ActionSearchGroup[] {
  return ACTION_GROUPS.map((group) => ({
    value: group,
    items: ACTIONS.filter((action) => action.group === group && action.enabled?.(state) !== false),
  })).filter(({ items }) => items.length > 0);
}
