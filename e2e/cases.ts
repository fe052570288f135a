/** The cases that several stories begin with, as a person would write them. */

/** The page's first case with its repair: small, and every element comes home. */
export const FINE = {
  implementation: 'deepspeed-6797',
  program: 'roundTrip',
  sp: 4,
  batch: 1,
  seq: 8,
  heads: 8,
  headDim: 2,
  batchDimIdx: 0,
};

/** Sixteen ranks through a whole layer and back: what is long and wide, and fine as well. */
export const LAYER = {
  ...FINE,
  program: 'layerForwardBackward',
  sp: 16,
  seq: 16,
  heads: 32,
  headDim: 1,
};
