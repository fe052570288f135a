import { tickOf } from '../../trace/call-tick.ts';
import type { RankscopeStore } from '../state.ts';
import { type Link, selectionIn } from './link.ts';

/** Opens a link: runs its case and shows its moment; resolves when it is shown, or was overtaken. */
export async function openLink(store: RankscopeStore, link: Link): Promise<void> {
  const { open, look, setSpeed, compare, endCompare } = store.getState();
  endCompare();
  setSpeed(link.speed);
  // What is near depends on the run: it is shown with the moment.
  look({ ...link.view, nearness: null, span: null, dialog: null, selection: null });
  const runs = [open(link.case, 'settle', link.modelName)];
  if (link.partner !== null) runs.push(compare(link.partner));
  await Promise.all(runs);
  if (store.getState().case === link.case) showMoment(store, link);
}

/** Shows a link's moment in the run that is shown. */
export function showMoment(store: RankscopeStore, { view, moment, selection }: Link): void {
  const { shown, look, seek } = store.getState();
  if (shown === null) return;
  // What is near would follow the cursor.
  if (moment !== null) seek(tickOf(shown.trace, moment));
  look({
    ...view,
    dialog: null,
    selection: selection && selectionIn(shown.trace, selection),
  });
}
