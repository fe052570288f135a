import { transformerEngine } from './transformer-engine.ts';

export const transformerEngineBshd = transformerEngine(
  'transformer-engine-bshd',
  'TransformerEngine, bshd',
  0,
);
