import { transformerEngine } from './transformer-engine.ts';

/** TransformerEngine `context_parallel.py`, batch first: [B, s, H, D] ⇄ [B, S, h, D]. */
export const transformerEngineBshd = transformerEngine(
  'transformer-engine-bshd',
  'TransformerEngine, bshd',
  0,
);
