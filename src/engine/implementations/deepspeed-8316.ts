import type { Implementation } from '../implementation.ts';
import { deepspeed8317 } from './deepspeed-8317.ts';

export const deepspeed8316: Implementation = {
  ...deepspeed8317,
  id: 'deepspeed-8316',
  title: 'DeepSpeed, count in the layer',
  about: 'The head count is kept by each layer, so that one model leaves nothing to the next.',
  source: 'DeepSpeed #8316, repairing issue #8291; no real runs here yet',
  remembersByLayer: true,
};
