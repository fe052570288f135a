import { ALL_ROWS } from './log-filter.ts';
import type { Slice } from './state.ts';
import type { View, ViewSlice } from './view.ts';

/** How a run is looked at first: what a link need not say, and where a lesson's steps begin. */
export const FIRST_VIEW: View = {
  place: 'stage',
  colourBy: 'head',
  picture: 'heads',
  side: 'why',
  under: 'timeline',
  nearness: null,
  span: null,
  log: ALL_ROWS,
  chart: 'fields',
  mapNearness: null,
  against: null,
  before: null,
  guard: null,
  dialog: null,
  exhibit: null,
  doors: false,
  drawer: false,
  selection: null,
};

export const viewSlice: Slice<ViewSlice> = (set, get) => ({
  ...FIRST_VIEW,
  look(view) {
    // Another picture is another whole.
    const other = view.picture !== undefined && view.picture !== get().picture;
    // Who goes to a place no longer waits for what would lead to another.
    const left = view.place === undefined ? {} : { awaited: null };
    set({ ...left, ...(other ? { nearness: null } : {}), ...view });
  },
});
