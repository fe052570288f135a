import type { Implementation } from '../implementation.ts';
import { deepspeed4198 } from './deepspeed-4198.ts';
import { deepspeed4695 } from './deepspeed-4695.ts';
import { deepspeed5664 } from './deepspeed-5664.ts';
import { deepspeed5823 } from './deepspeed-5823.ts';
import { deepspeed6392 } from './deepspeed-6392.ts';
import { deepspeed6750 } from './deepspeed-6750.ts';
import { deepspeed6774Suggestion } from './deepspeed-6774-suggestion.ts';
import { deepspeed6797 } from './deepspeed-6797.ts';
import { deepspeed8316 } from './deepspeed-8316.ts';
import { deepspeed8317 } from './deepspeed-8317.ts';
import { deepspeed8342 } from './deepspeed-8342.ts';
import { deepspeedAlst } from './deepspeed-alst.ts';
import { diffusersAnything } from './diffusers-anything.ts';
import { diffusersUnified } from './diffusers-unified.ts';
import { primeRl } from './prime-rl.ts';
import { transformerEngineBshd } from './transformer-engine-bshd.ts';
import { transformerEngineSbhd } from './transformer-engine-sbhd.ts';
import { verl } from './verl.ts';
import { yunchang4d } from './yunchang-4d.ts';
import { yunchangAsync } from './yunchang-async.ts';

/**
 * The catalogue, in the order in which people meet them: the one line outside its own file that a new
 * implementation needs. `index.test.ts` names a file that was forgotten here.
 */
export const IMPLEMENTATIONS: readonly Implementation[] = [
  deepspeed4198,
  deepspeed4695,
  deepspeed5664,
  deepspeed5823,
  deepspeed6392,
  deepspeed6774Suggestion,
  deepspeed6797,
  deepspeed6750,
  deepspeed8317,
  deepspeed8316,
  deepspeed8342,
  deepspeedAlst,
  yunchang4d,
  yunchangAsync,
  verl,
  diffusersUnified,
  diffusersAnything,
  transformerEngineBshd,
  transformerEngineSbhd,
  primeRl,
];

export function findImplementation(id: string): Implementation | undefined {
  return IMPLEMENTATIONS.find((implementation) => implementation.id === id);
}
