import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { ACTION_GROUPS, type Action, perform } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/index.ts';
import type { RankscopeState } from '../../store/state.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './dialogs.module.css';
import { Keys } from './keys.tsx';

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
            <Autocomplete.Root
              open
              inline
              items={groupsOf(store.getState())}
              itemToStringValue={searchedText}
              autoHighlight="always"
              keepHighlight
            >
              <Autocomplete.Input
                className={styles.search}
                aria-label="What to do"
                placeholder="What would you like to do?"
              />
              <Dialog.Close className="visually-hidden">Close</Dialog.Close>
              <Autocomplete.Empty>
                <p className={styles.empty}>Nothing here is called that.</p>
              </Autocomplete.Empty>
              <Autocomplete.List className={styles.found}>
                {({ value, items }: PaletteGroup) => (
                  <Autocomplete.Group key={value} items={items} className={styles.group}>
                    <Autocomplete.GroupLabel className={styles.groupLabel}>
                      {value}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(action: Action) => (
                        <Autocomplete.Item
                          key={action.id}
                          value={action}
                          className={styles.action}
                          data-testid={`action-${action.id}`}
                          onClick={() => choose(action)}
                        >
                          <span>{action.title}</span>
                          <Keys chords={(action.keys ?? []).slice(0, 1)} />
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PaletteGroup {
  readonly value: string;
  readonly items: readonly Action[];
}

/** What can be done now, group by group. */
function groupsOf(state: RankscopeState): PaletteGroup[] {
  return ACTION_GROUPS.map((group) => ({
    value: group,
    items: ACTIONS.filter((action) => action.group === group && action.enabled?.(state) !== false),
  })).filter(({ items }) => items.length > 0);
}

function searchedText({ title, group }: Action): string {
  return `${title} ${group}`;
}
