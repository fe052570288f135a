import { IMPLEMENTATIONS } from '../engine/implementations/index.ts';
import type { Action } from './action.ts';

/** The same case under each published implementation. */
export const IMPLEMENTATION_ACTIONS: readonly Action[] = IMPLEMENTATIONS.map(({ id, title }) => ({
  id: `run-${id}`,
  title: `The same case under ${title} (${id})`,
  group: 'Implementation',
  enabled: (state) => state.case.implementation !== id,
  run: (store) => void store.getState().change({ implementation: id }),
}));
