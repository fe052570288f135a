import type { Action } from './action.ts';
import { CASE_ACTIONS } from './case-actions.ts';
import { COMPARE_ACTIONS, COMPARE_IMPLEMENTATION_ACTIONS } from './compare-actions.ts';
import { COPY_ACTIONS } from './copy-actions.ts';
import { DOOR_ACTIONS } from './door-actions.ts';
import { EXPORT_ACTIONS } from './export-actions.ts';
import { FIX_ACTIONS } from './fix-actions.ts';
import { HELP_ACTIONS } from './help-actions.ts';
import { IMPLEMENTATION_ACTIONS } from './implementation-actions.ts';
import { JUMP_ACTIONS } from './jump-actions.ts';
import { LESSON_ACTIONS } from './lesson-actions.ts';
import {
  BESIDE_MUSEUM_ACTIONS,
  COMPARE_MUSEUM_ACTIONS,
  OPEN_MUSEUM_ACTIONS,
} from './museum-actions.ts';
import { PLACE_ACTIONS } from './place-actions.ts';
import { PLAYBACK_ACTIONS } from './playback-actions.ts';
import { PRESENTING_ACTIONS } from './presenting-actions.ts';
import { SHARE_ACTIONS } from './share-actions.ts';
import { VIEW_ACTIONS } from './view-actions.ts';

/** The catalogue of all that can be done on the page, in the order in which it is listed. */
export const ACTIONS: readonly Action[] = [
  ...PLAYBACK_ACTIONS,
  ...JUMP_ACTIONS,
  ...PLACE_ACTIONS,
  ...VIEW_ACTIONS,
  ...COMPARE_ACTIONS,
  ...LESSON_ACTIONS,
  ...PRESENTING_ACTIONS,
  ...CASE_ACTIONS,
  ...FIX_ACTIONS,
  ...COPY_ACTIONS,
  ...SHARE_ACTIONS,
  ...EXPORT_ACTIONS,
  ...HELP_ACTIONS,
  ...DOOR_ACTIONS,
  ...IMPLEMENTATION_ACTIONS,
  ...OPEN_MUSEUM_ACTIONS,
  ...COMPARE_IMPLEMENTATION_ACTIONS,
  ...COMPARE_MUSEUM_ACTIONS,
  ...BESIDE_MUSEUM_ACTIONS,
];

/** What is done by keys where the page stands inside of another. */
export const KEYS_OF_EMBEDS: readonly Action[] = [
  ...PLAYBACK_ACTIONS,
  ...JUMP_ACTIONS,
  ...LESSON_ACTIONS,
  ...COPY_ACTIONS,
];

/** The action of an id that is in the catalogue. */
export function actionOf(id: string): Action {
  const action = ACTIONS.find((one) => one.id === id);
  if (action === undefined) throw new Error(`invariant broken: no action ${id}`);
  return action;
}
