import type { Panel, Subject } from './panel.ts';
import type { PanelsSlice, RankscopeState, Slice } from './state.ts';

export const panelsSlice: Slice<PanelsSlice> = (set, get) => ({
  offered: [],
  offerPanel(subject, panel) {
    const offer = { subject, panel };
    set({ offered: [...get().offered, offer] });
    return () => set({ offered: get().offered.filter((one) => one !== offer) });
  },
});

/** What is on the screen of a subject now: of the stage, two panels where two runs are compared. */
export function panelsOf({ offered }: Pick<RankscopeState, 'offered'>, subject: Subject): Panel[] {
  return offered.filter((one) => one.subject === subject).flatMap(({ panel }) => panel() ?? []);
}
