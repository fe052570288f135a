import type { Implementation } from '../../published/implementation.ts';
import { transformerEngine } from './steps/transformer-engine.ts';

/** TransformerEngine `context_parallel.py`, batch first: [B, s, H, D] ⇄ [B, S, h, D]. */
export const implementation: Implementation = transformerEngine(
  'transformer-engine-bshd',
  'TransformerEngine, bshd',
  0,
);
