import { Dialog } from '@base-ui/react/dialog';
import { type Action, perform } from '../../actions/action.ts';
import { COMPARE_IMPLEMENTATION_ACTIONS } from '../../actions/compare-actions.ts';
import { COMPARE_MUSEUM_ACTIONS } from '../../actions/museum-actions.ts';
import type { RankscopeState } from '../../store/state.ts';
import { ActionSearch } from '../dialogs/action-search.tsx';
import dialogs from '../dialogs/dialogs.module.css';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { FieldForm } from './field-form.tsx';

/** With what to compare: another implementation, a bug and its repair, or this case with a field changed. */
export function CompareDialog() {
  const store = useRankscopeStore();
  const open = useRankscope(({ dialog }) => dialog === 'compare');
  const close = () => store.getState().look({ dialog: null });
  const choose = (action: Action) => {
    close();
    perform(action, store);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogs.backdrop} />
        <Dialog.Viewport className={dialogs.viewport}>
          <Dialog.Popup
            className={dialogs.palette}
            aria-label="Compare with"
            data-testid="compare-dialog"
          >
            <ActionSearch
              groups={groupsOf(store.getState())}
              label="Compare with"
              placeholder="Compare with …"
              onChoose={choose}
            />
            <FieldForm onDone={close} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function groupsOf(state: RankscopeState) {
  return [
    {
      value: 'This case, by another implementation',
      items: COMPARE_IMPLEMENTATION_ACTIONS.filter(({ enabled }) => enabled?.(state) !== false),
    },
    { value: 'A public bug beside its repair', items: COMPARE_MUSEUM_ACTIONS },
  ];
}
