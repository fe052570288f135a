import { type D3DragEvent, drag, select } from 'd3';
import { zoomOf } from '../canvas/css-zoom.ts';
import type { Point } from '../canvas/gestures.ts';
import type { Hit, TimelineLayout } from './timeline-layout.ts';
import type { Spot } from './window.ts';

/** What a person asks of the timeline by mouse, touch or key. */
export interface Wishes {
  /** The cursor there; `rest` once the hand is lifted: on a whole tick. */
  scrub(cursor: number, rest: boolean): void;
  pan(by: { readonly ticks: number; readonly ranks: number }): void;
  zoom(factor: number, about: Spot, lanesOnly: boolean): void;
  choose(rank: number): void;
  /** The pointer is over this, or over nothing. */
  hover(hit: Hit | null): void;
}

type Drag = D3DragEvent<HTMLElement, unknown, unknown>;

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** Fingers nearer to one another than this, in pixels, are taken to be as far apart. */
const NARROWEST = 16;

/** The middle between two fingers, and how far they are apart. */
function gripOf(fingers: ReadonlyMap<unknown, Finger>): Finger & { readonly width: number } {
  const [a = { x: 0, y: 0 }, b = a] = fingers.values();
  const width = Math.max(NARROWEST, Math.hypot(a.x - b.x, a.y - b.y));
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width };
}

/** What hands hold down. */
interface Held {
  /** Where each finger is that is down; the mouse counts as one. */
  readonly fingers: Map<Drag['identifier'], Finger>;
  /** From the second finger on, until all are lifted. */
  pinches: boolean;
  pans: boolean;
  /** Whether a rank’s name is held: nothing moves by that. */
  name: boolean;
}

/** Hears drags and pinches on `host`; gives back what ends that. */
export function listenForDrags(
  host: HTMLElement,
  layoutNow: () => TimelineLayout | null,
  hitAt: (at: Point) => Hit | null,
  wishes: Wishes,
): () => void {
  const target = select(host);
  const held: Held = { fingers: new Map(), pinches: false, pans: false, name: false };
  const scrub = ({ x }: Drag, rest: boolean) => {
    const layout = layoutNow();
    if (layout !== null) wishes.scrub(layout.tickAt(x / zoomOf(host)) - 0.5, rest);
  };
  const pinch = ({ identifier, x, y }: Drag) => {
    const { fingers } = held;
    const before = gripOf(fingers);
    fingers.set(identifier, { x, y });
    const after = gripOf(fingers);
    const layout = layoutNow();
    if (fingers.size !== 2 || layout === null) return;
    const [atX, atY] = [after.x / zoomOf(host), after.y / zoomOf(host)];
    wishes.pan({
      ticks: layout.tickAt(before.x / zoomOf(host)) - layout.tickAt(after.x / zoomOf(host)),
      ranks: (before.y - after.y) / zoomOf(host) / layout.laneHeight,
    });
    const moved = layoutNow() ?? layout;
    const about = { tick: moved.tickAt(atX), rank: moved.rankAt(atY) };
    wishes.zoom(after.width / before.width, about, atX < layout.plot.left);
  };
  const pan = ({ x, dx, dy }: Drag) => {
    const layout = layoutNow();
    if (layout === null) return;
    const zoom = zoomOf(host);
    const ticks = layout.tickAt((x - dx) / zoom) - layout.tickAt(x / zoom);
    wishes.pan({ ticks, ranks: -dy / zoom / layout.laneHeight });
  };
  const begin = (event: Drag) => {
    held.fingers.set(event.identifier, { x: event.x, y: event.y });
    held.pinches ||= held.fingers.size > 1;
    if (held.pinches) return;
    const source: MouseEvent = event.sourceEvent;
    const under = hitAt([event.x / zoomOf(host), event.y / zoomOf(host)]);
    held.pans = source.shiftKey || source.button === 1;
    held.name = !held.pans && under?.kind === 'name';
    wishes.hover(null);
    if (under?.kind === 'name' && held.name) wishes.choose(under.rank);
    // A finger may be the first of two: it scrubs once it moves or is lifted.
    else if (!held.pans && event.identifier === 'mouse') scrub(event, false);
  };
  target.call(
    drag<HTMLElement, unknown>()
      .container(() => host)
      // A touch has no button.
      .filter(({ ctrlKey, button = 0 }: MouseEvent) => !ctrlKey && button <= 1)
      .on('start', begin)
      .on('drag', (event: Drag) => {
        if (held.pinches) pinch(event);
        else if (held.pans) pan(event);
        else if (!held.name) scrub(event, false);
      })
      .on('end', (event: Drag) => {
        held.fingers.delete(event.identifier);
        if (!held.pinches && !held.pans && !held.name) scrub(event, true);
        held.pinches &&= held.fingers.size > 0;
      }),
  );
  return () => void target.on('.drag', null);
}
