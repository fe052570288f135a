import type { Implementation } from '../../published/implementation.ts';
import { transformerEngine } from './steps/transformer-engine.ts';

/** TransformerEngine `context_parallel.py`, sequence first: [s, B, H, D] ⇄ [S, B, h, D]. */
export const implementation: Implementation = transformerEngine(
  'transformer-engine-sbhd',
  'TransformerEngine, sbhd',
  1,
);
