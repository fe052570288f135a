import { transformerEngine } from './transformer-engine.ts';

export const transformerEngineSbhd = transformerEngine(
  'transformer-engine-sbhd',
  'TransformerEngine, sbhd',
  1,
);
