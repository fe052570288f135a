import { transformerEngine } from './transformer-engine.ts';

/** TransformerEngine `context_parallel.py`, sequence first: [s, B, H, D] ⇄ [S, B, h, D]. */
export const transformerEngineSbhd = transformerEngine(
  'transformer-engine-sbhd',
  'TransformerEngine, sbhd',
  1,
);
