import type { Slice, ViewSlice } from './state.ts';

export const viewSlice: Slice<ViewSlice> = (set) => ({
  place: 'stage',
  colourBy: 'head',
  picture: 'heads',
  side: 'why',
  under: 'timeline',
  dialog: null,
  exhibit: null,
  doors: false,
  selection: null,
  look: (view) => set(view),
});
