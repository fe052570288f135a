import type { ZoomTransform } from 'd3';
import { at } from '../../base/assert.ts';
import type { Nearness } from '../../store/view.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { CanvasController, Screen } from '../canvas/canvas-controller.ts';
import type { Gestures, Point } from '../canvas/gestures.ts';
import { factsOf } from './element-facts.ts';
import { followed } from './follow.ts';
import { type Spot, spotAt } from './geometry.ts';
import { groundOf, type Sight, type StageHit } from './sight.ts';
import type { StageSource } from './source.ts';
import { createTip } from './tip.ts';
import {
  boxOfSpot,
  type Direction,
  elementAt,
  firstSpot,
  type Ground,
  spotBeside,
  spotOf,
} from './walk.ts';
import { createZooming } from './zooming.ts';

/**
 * What a person does on the stage: wheel, pinch, drag and keys zoom and move it; pointing at an
 * element, or walking to it with the arrow keys, says what it is; a click or Enter follows it.
 */
export interface StageHands {
  readonly gestures: Gestures;
  /** Nearer by a factor, or, below 1, farther. */
  zoomBy(factor: number): void;
  zoomOut(): void;
  /** Takes in the screen, how near one can come to the stage, and how near it is seen now. */
  approach(screen: Screen, most: number, nearness: Nearness | null): ZoomTransform;
  /** Takes in what is on the screen from now on; the element that is pointed at in it. */
  see(sight: Sight): HeldElement | null;
}

const NEARER = 1.5;

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** What a person points at. */
interface Pointing {
  /** Where the mouse is, in CSS pixels of the stage. */
  mouse: Point | null;
  /** The element that the arrow keys have led to; null while they step through time. */
  walking: HeldElement | null;
}

export function createHands(
  host: HTMLElement,
  source: StageSource,
  canvas: () => CanvasController<Sight, StageHit>,
): StageHands {
  host.tabIndex = 0;
  const tip = createTip(host);
  const zooming = createZooming(host, () => canvas().seen()?.view.motion === true, source.approach);
  const pointing: Pointing = { mouse: null, walking: null };

  const ground = (): Ground | null => {
    const sight = canvas().seen();
    // Of another run nothing is pointed at before it is painted.
    if (sight === null || source.read()?.shown !== sight.view.shown) return null;
    return groundOf(sight);
  };
  const spotNow = (on: Ground): Spot | null => {
    const { walking, mouse } = pointing;
    if (walking !== null) return spotOf(on, walking) ?? firstSpot(on);
    return mouse === null ? null : spotAt(on.layout, on.tick, on.frame, ...mouse);
  };
  const pointTo = (change: Partial<Pointing>) => {
    Object.assign(pointing, change);
    canvas().repaint();
  };
  const walkTo = (on: Ground, spot: Spot | null) => {
    if (spot !== null) zooming.reveal(boxOfSpot(on, spot));
    pointTo({ walking: spot && elementAt(on, spot) });
  };

  /** What a key does here and now; null where the stage has no use for it. */
  const commandOf = (key: string): (() => void) | null => {
    if (key === '+' || key === '=') return () => zooming.by(NEARER);
    if (key === '-') return () => zooming.by(1 / NEARER);
    if (key === '0') return zooming.out;
    const on = ground();
    const view = canvas().seen()?.view;
    if (on === null || view === undefined) return null;
    const { selection, shown } = view;
    const { walking } = pointing;
    const spot = walking === null ? null : spotNow(on);
    const direction = ARROWS[key];
    if (key === 'Enter' && spot !== null) {
      const element = elementAt(on, spot);
      const pick = () => source.pick?.(on.tick, spot.rank, element) === true;
      return () => pick() || follow(source, on, element);
    }
    if (key === 'Enter') {
      const [known] = selection === null ? [] : followed(shown.trace, selection, on.tick);
      return () => walkTo(on, (known && spotOf(on, known)) ?? firstSpot(on));
    }
    if (key === 'Escape' && walking !== null) return () => walkTo(on, null);
    if (key === 'Escape' && selection !== null) return () => source.select(null);
    if (direction === undefined || spot === null) return null;
    return () => walkTo(on, spotBeside(on, spot, direction));
  };

  return {
    zoomBy: zooming.by,
    zoomOut: zooming.out,
    approach: ({ size, cssZoom }, most, nearness) => zooming.see(size, cssZoom, most, nearness),
    see(sight) {
      const on = ground();
      const spot = on && spotNow(on);
      const element = on && spot && elementAt(on, spot);
      if (on === null || spot === null || element === null) {
        tip.hide();
        if (pointing.walking === null) tip.hush();
        return null;
      }
      const { arrangement } = at(on.frame, spot.rank).held;
      const depth = at(arrangement.depths, element.tensor).length;
      const whole = spot.depth === null && depth > 1;
      const facts = factsOf(sight.view.shown.trace, on.tick, element, whole);
      if (facts === null) return null;
      if (pointing.walking !== null) pointing.walking = element;
      const box = boxOfSpot(on, spot);
      tip.show(facts, box, canvas().screen().size);
      if (pointing.walking === null) tip.hush();
      else tip.say([facts.name, ...facts.lines].join(', '), box);
      return element;
    },
    gestures: {
      move(at, { buttons, movementX, movementY }) {
        // A browser also tells of a mouse that rests while the page moves under it.
        const moves = movementX !== 0 || movementY !== 0;
        pointTo({ mouse: buttons === 0 ? at : null, ...(moves ? { walking: null } : {}) });
      },
      leave: () => pointTo({ mouse: null }),
      blur: () => pointTo({ walking: null }),
      click(at) {
        const on = ground();
        if (on === null) return;
        const hit = canvas().hitAt(at);
        const element = hit?.spot ? elementAt(on, hit.spot) : null;
        const picked = hit !== null && source.pick?.(on.tick, hit.rank, element) === true;
        if (!picked) follow(source, on, element);
      },
      twice(at) {
        const card = canvas().hitAt(at)?.card;
        if (card !== undefined) zooming.to(card);
      },
      key: commandOf,
      end() {
        zooming.destroy();
        tip.destroy();
      },
    },
  };
}

/** Follows an element, or no longer where it is followed already. */
function follow(source: StageSource, on: Ground, element: HeldElement | null): void {
  const view = source.read();
  if (view === null) return;
  const already =
    element !== null &&
    view.selection !== null &&
    followed(view.shown.trace, view.selection, on.tick).some((one) => isSame(one, element));
  source.select(element === null || already ? null : { tick: on.tick, ...element });
}

function isSame(a: HeldElement, b: HeldElement): boolean {
  return a.rank === b.rank && a.tensor === b.tensor && a.place === b.place;
}
