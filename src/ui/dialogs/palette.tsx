import type { RankscopeState } from '../../store/state.ts';
import { ACTION_GROUPS } from '../actions/action.ts';
import { ACTIONS } from '../actions/index.ts';
import { ActionDialog } from './action-dialog.tsx';
import type { ActionSearchGroup } from './action-search.tsx';

/** Every action and case that there is, found by typing. */
export function Palette() {
  return (
    <ActionDialog
      name="palette"
      title="Find an action or a case"
      testId="palette"
      label="What to do"
      placeholder="What would you like to do?"
      groupsOf={groupsOf}
    />
  );
}

/** What can be done now, group by group. */
function groupsOf(state: RankscopeState): ActionSearchGroup[] {
  return ACTION_GROUPS.map((group) => ({
    value: group,
    items: ACTIONS.filter((action) => action.group === group && action.enabled?.(state) !== false),
  })).filter(({ items }) => items.length > 0);
}
