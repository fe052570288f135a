import type { Implementation } from '../implementation.ts';
import { implementation as deepspeed8317 } from './deepspeed-8317.ts';

/**
 * DeepSpeed #8316, repairing issue #8291: as #8317, but each layer keeps its own head count, so that
 * one model leaves nothing behind for the next (h = this rank's heads).
 *
 *   batch first [B, s, H, D] ⇄ [B, S, h, D];  sequence first [s, B, H, D] ⇄ [S, B, h, D]
 */
export const implementation: Implementation = {
  ...deepspeed8317,
  id: 'deepspeed-8316',
  title: 'DeepSpeed, count in the layer',
  about: 'The head count is kept by each layer, so that one model leaves nothing to the next.',
  source: 'DeepSpeed #8316, repairing issue #8291; no real runs here yet',
  publication: {
    project: 'deepspeed',
    status: 'merged',
    releases: null,
    pullRequest: 8316,
    thread: 8291,
    file: 'deepspeed/sequence/layer.py',
    commit: null,
    repairs: ['deepspeed-6392', 'deepspeed-6797', 'deepspeed-6750', 'deepspeed-8317'],
  },
  remembersByLayer: true,
};
