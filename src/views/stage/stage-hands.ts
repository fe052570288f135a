import type { ZoomTransform } from 'd3';
import { at } from '../../base/assert.ts';
import type { Size } from '../../picture/size.ts';
import type { Nearness } from '../../store/view.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { Tick } from '../../trace/trace.ts';
import { pointIn } from '../css-zoom.ts';
import { factsOf } from './element-facts.ts';
import { followed } from './follow.ts';
import { frameAt } from './frame.ts';
import { type Spot, spotAt } from './geometry.ts';
import type { Box, StageLayout } from './layout.ts';
import type { StageSource, StageView } from './source.ts';
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

/** What is on the screen, for the hands to point at. */
export interface Sight {
  readonly view: StageView;
  /** As it is zoomed. */
  readonly layout: StageLayout;
  /** Null while things move. */
  readonly tick: Tick | null;
}

/**
 * What a person does on the stage: wheel, pinch, drag and keys zoom and move it; pointing at an
 * element, or walking to it with the arrow keys, says what it is; a click or Enter follows it.
 */
export interface StageHands {
  zoomBy(factor: number): void;
  zoomOut(): void;
  /**
   * Takes in the size of the stage and its CSS zoom, how near one can come to it, and how near it is
   * seen now.
   */
  approach(size: Size, cssZoom: number, most: number, nearness: Nearness | null): ZoomTransform;
  /** Takes in what is on the screen now; the element that is pointed at in it. */
  see(sight: Sight): HeldElement | null;
  destroy(): void;
}

const NEARER = 1.5;

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

export function createHands(
  host: HTMLElement,
  source: StageSource,
  repaint: () => void,
): StageHands {
  host.tabIndex = 0;
  const tip = createTip(host);
  const zooming = createZooming(host, () => sight?.view.motion === true, source.approach);
  let sight: Sight | null = null;
  let size: Size = { width: 0, height: 0 };
  /** Where the mouse is, in CSS pixels of the stage. */
  let mouse: readonly [number, number] | null = null;
  /** The element that the arrow keys have led to; null while they step through time. */
  let walking: HeldElement | null = null;

  const ground = (): Ground | null => {
    if (sight?.tick == null) return null;
    const { view, layout, tick } = sight;
    // Of another run nothing is pointed at before it is painted.
    if (source.read()?.shown !== view.shown) return null;
    return { layout, tick, frame: frameAt(view.shown.trace, tick, view.picture) };
  };
  const spotNow = (on: Ground): Spot | null => {
    if (walking !== null) return spotOf(on, walking) ?? firstSpot(on);
    return mouse === null ? null : spotAt(on.layout, on.tick, on.frame, ...mouse);
  };
  const follow = (on: Ground, element: HeldElement | null) => {
    const view = source.read();
    if (view === null) return;
    const already =
      element !== null &&
      view.selection !== null &&
      followed(view.shown.trace, view.selection, on.tick).some((one) => isSame(one, element));
    source.select(element === null || already ? null : { tick: on.tick, ...element });
  };
  const walkTo = (on: Ground, spot: Spot | null) => {
    walking = spot && elementAt(on, spot);
    if (spot !== null) zooming.reveal(boxOfSpot(on, spot));
    repaint();
  };

  /** What a key does here and now; null where the stage has no use for it. */
  const commandOf = (key: string): (() => void) | null => {
    if (key === '+' || key === '=') return () => zooming.by(NEARER);
    if (key === '-') return () => zooming.by(1 / NEARER);
    if (key === '0') return zooming.out;
    const on = ground();
    if (on === null || sight === null) return null;
    const { selection, shown } = sight.view;
    const spot = walking === null ? null : spotNow(on);
    const direction = ARROWS[key];
    if (key === 'Enter' && spot !== null) {
      const element = elementAt(on, spot);
      const pick = () => source.pick?.(on.tick, spot.rank, element) === true;
      return () => pick() || follow(on, element);
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

  const listeners = new AbortController();
  const listen = <K extends keyof HTMLElementEventMap>(
    kind: K,
    heard: (event: HTMLElementEventMap[K]) => void,
  ) => host.addEventListener(kind, heard, { signal: listeners.signal });
  listen('pointermove', (event) => {
    mouse = event.buttons === 0 ? pointIn(event, host) : null;
    // A browser also tells of a mouse that rests while the page moves under it.
    if (event.movementX !== 0 || event.movementY !== 0) walking = null;
    repaint();
  });
  listen('pointerleave', () => {
    mouse = null;
    repaint();
  });
  listen('blur', () => {
    walking = null;
    repaint();
  });
  listen('click', (event) => {
    const on = ground();
    if (on === null) return;
    const [x, y] = pointIn(event, host);
    const spot = spotAt(on.layout, on.tick, on.frame, x, y);
    const element = spot && elementAt(on, spot);
    const rank = on.layout.cards.findIndex((card) => contains(card, x, y));
    if (rank < 0 || source.pick?.(on.tick, rank, element) !== true) follow(on, element);
  });
  listen('dblclick', (event) => {
    const [x, y] = pointIn(event, host);
    const card = sight?.layout.cards.find((one) => contains(one, x, y));
    if (card !== undefined) zooming.to(card);
  });
  listen('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const command = commandOf(event.key);
    if (command === null) return;
    command();
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    zoomBy: zooming.by,
    zoomOut: zooming.out,
    approach(now, cssZoom, most, nearness) {
      size = now;
      return zooming.see(now, cssZoom, most, nearness);
    },
    see(now) {
      sight = now;
      const on = ground();
      const spot = on && spotNow(on);
      const element = on && spot && elementAt(on, spot);
      if (on === null || spot === null || element === null) {
        tip.hide();
        if (walking === null) tip.say('');
        return null;
      }
      const { trace } = now.view.shown;
      const { arrangement } = at(on.frame, spot.rank).held;
      const depth = at(arrangement.depths, element.tensor).length;
      const facts = factsOf(trace, on.tick, element, spot.depth === null && depth > 1);
      if (facts === null) return null;
      if (walking !== null) walking = element;
      tip.show(facts, boxOfSpot(on, spot), size);
      tip.say(walking === null ? '' : [facts.name, ...facts.lines].join(', '));
      return element;
    },
    destroy() {
      listeners.abort();
      zooming.destroy();
      tip.destroy();
    },
  };
}

function contains(box: Box, x: number, y: number): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}

function isSame(a: HeldElement, b: HeldElement): boolean {
  return a.rank === b.rank && a.tensor === b.tensor && a.place === b.place;
}
