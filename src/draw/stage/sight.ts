import type { Tick } from '../../trace/trace.ts';
import type { Point } from '../canvas/gestures.ts';
import { seenIn } from './beside.ts';
import { frameAt } from './frame.ts';
import { type Spot, spotAt } from './geometry.ts';
import type { Box, StageLayout } from './layout.ts';
import type { Scene } from './scene.ts';
import type { StageView } from './source.ts';
import type { Ground } from './walk.ts';

/** What is on a stage, for the hands to point at. */
export interface Sight {
  readonly scene: Scene;
  readonly view: StageView;
  /** As it is zoomed. */
  readonly layout: StageLayout;
  /** Null while things move. */
  readonly tick: Tick | null;
}

export function sightOf(scene: Scene, view: StageView, layout: StageLayout): Sight {
  const { tick, share } = seenIn(view);
  return { scene, view, layout, tick: share === 0 ? tick : null };
}

/** What lies at a point of a stage. */
export interface StageHit {
  readonly rank: number;
  readonly card: Box;
  /** What is held there; null where nothing is, and while things move. */
  readonly spot: Spot | null;
}

/** Null between the cards. */
export function hitIn(sight: Sight, [x, y]: Point): StageHit | null {
  const { cards } = sight.layout;
  const rank = cards.findIndex((card) => contains(card, x, y));
  const card = cards[rank];
  if (card === undefined) return null;
  const on = groundOf(sight);
  return { rank, card, spot: on && spotAt(on.layout, on.tick, on.frame, x, y) };
}

/** What can be walked over; null while things move. */
export function groundOf({ view, layout, tick }: Sight): Ground | null {
  if (tick === null) return null;
  return { layout, tick, frame: frameAt(view.shown.trace, tick, view.picture) };
}

function contains(box: Box, x: number, y: number): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}
