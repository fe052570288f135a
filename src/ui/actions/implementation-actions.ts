import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { fullTitle } from '../../core/programs/release-name.ts';
import type { Action } from './action.ts';

/** The same case under each published implementation. */
export const IMPLEMENTATION_ACTIONS: readonly Action[] = IMPLEMENTATIONS.map((one) => ({
  id: `run-${one.id}`,
  title: `Run this case under ${fullTitle(one)}`,
  group: 'Implementation',
  enabled: (state) => state.case.implementation !== one.id,
  run: (store) => void store.getState().change({ implementation: one.id }),
}));
