import { ALL_ROWS } from './log-filter.ts';
import type { Slice, ViewSlice } from './state.ts';

export const viewSlice: Slice<ViewSlice> = (set, get) => ({
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
  guard: null,
  dialog: null,
  exhibit: null,
  doors: false,
  selection: null,
  look(view) {
    // Another picture is another whole.
    const other = view.picture !== undefined && view.picture !== get().picture;
    set(other ? { nearness: null, ...view } : view);
  },
});
