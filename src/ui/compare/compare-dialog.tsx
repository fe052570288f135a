import type { RankscopeState } from '../../store/state.ts';
import type { Action } from '../actions/action.ts';
import { COMPARE_IMPLEMENTATION_ACTIONS } from '../actions/compare-actions.ts';
import { BESIDE_MUSEUM_ACTIONS, COMPARE_MUSEUM_ACTIONS } from '../actions/museum-actions.ts';
import { ActionDialog } from '../dialogs/action-dialog.tsx';
import type { ActionSearchGroup } from '../dialogs/action-search.tsx';
import { useRankscopeStore } from '../store-context.ts';
import { FieldForm } from './field-form.tsx';

/** With what to compare: another implementation, a bug and its repair, or this case with a field changed. */
export function CompareDialog() {
  const store = useRankscopeStore();
  return (
    <ActionDialog
      name="compare"
      title="Compare with"
      testId="compare-dialog"
      label="Compare with"
      placeholder="Compare with …"
      groupsOf={groupsOf}
    >
      <FieldForm onDone={() => store.getState().look({ dialog: null })} />
    </ActionDialog>
  );
}

function groupsOf(state: RankscopeState): ActionSearchGroup[] {
  const able = (actions: readonly Action[]) =>
    actions.filter(({ enabled }) => enabled?.(state) !== false);
  return [
    { value: 'This case, by another implementation', items: able(COMPARE_IMPLEMENTATION_ACTIONS) },
    { value: 'A public bug beside its repair', items: COMPARE_MUSEUM_ACTIONS },
    { value: 'A public bug beside this case', items: able(BESIDE_MUSEUM_ACTIONS) },
  ];
}
