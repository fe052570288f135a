import type { PresentingSlice, Slice } from './state.ts';

export const presentingSlice: Slice<PresentingSlice> = (set) => ({
  presenting: false,
  pointing: false,
  contrast: 'normal',
  marks: [],
  presenter: null,
  setPresenting: (presenting) => set({ presenting, pointing: false, marks: [] }),
  setPointing: (pointing) => set({ pointing, marks: [] }),
  setContrast: (contrast) => set({ contrast }),
  setMarks: (marks) => set({ marks }),
  setPresenter: (presenter) => set({ presenter }),
});
