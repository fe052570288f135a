import { type D3DragEvent, drag, select } from 'd3';
import { pointIn, zoomOf } from '../css-zoom.ts';
import { type Hit, hitAt, type TimelineLayout } from './timeline-layout.ts';
import type { Spot } from './window.ts';

/** What a person asks of the timeline by mouse or touch. */
export interface Wishes {
  /** The cursor there; `rest` once the hand is lifted: on a whole tick. */
  scrub(cursor: number, rest: boolean): void;
  pan(by: { readonly ticks: number; readonly ranks: number }): void;
  zoom(factor: number, about: Spot, lanesOnly: boolean): void;
  /** To see just what was pressed twice. */
  frame(hit: Hit): void;
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

/** How fast a wheel zooms: a notch of 100 pixels by a fifth or so. */
const WHEEL_SPEED = 0.0018;
const LINE_PIXELS = 16;

/**
 * Listens on `host`: drag scrubs, Shift+drag or a drag by the middle button pans, the wheel zooms about
 * the pointer (over the names: the lanes alone), Shift+wheel or a sideways wheel pans in time; a pinch
 * by two fingers, on a screen or a trackpad, zooms about their middle. Gives back what ends it.
 */
export function listen(
  host: HTMLElement,
  layoutNow: () => TimelineLayout | null,
  wishes: Wishes,
): () => void {
  const target = select(host);
  const hit = (event: unknown) => {
    const layout = layoutNow();
    return layout === null ? null : hitAt(layout, pointIn(event, host));
  };
  let pans = false;
  let held = false;
  /** Where each finger is that is down; the mouse counts as one. */
  const fingers = new Map<Drag['identifier'], Finger>();
  /** From the second finger on, until all are lifted. */
  let pinches = false;

  const scrub = ({ x }: Drag, rest: boolean) => {
    const layout = layoutNow();
    if (layout !== null) wishes.scrub(layout.tickAt(x / zoomOf(host)) - 0.5, rest);
  };
  const pinch = ({ identifier, x, y }: Drag) => {
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
  target.call(
    drag<HTMLElement, unknown>()
      .container(() => host)
      // A touch has no button.
      .filter(({ ctrlKey, button = 0 }: MouseEvent) => !ctrlKey && button <= 1)
      .on('start', (event: Drag) => {
        fingers.set(event.identifier, { x: event.x, y: event.y });
        pinches ||= fingers.size > 1;
        if (pinches) return;
        const source: MouseEvent = event.sourceEvent;
        const layout = layoutNow();
        const [x, y] = [event.x / zoomOf(host), event.y / zoomOf(host)];
        const under = layout === null ? null : hitAt(layout, [x, y]);
        pans = source.shiftKey || source.button === 1;
        held = !pans && under?.kind === 'name';
        wishes.hover(null);
        if (under?.kind === 'name' && held) wishes.choose(under.rank);
        // A finger may be the first of two: it scrubs once it moves or is lifted.
        else if (!pans && event.identifier === 'mouse') scrub(event, false);
      })
      .on('drag', (event: Drag) => {
        if (pinches) return pinch(event);
        const layout = layoutNow();
        if (layout === null || held) return;
        if (!pans) scrub(event, false);
        else {
          const zoom = zoomOf(host);
          const ticks = layout.tickAt((event.x - event.dx) / zoom) - layout.tickAt(event.x / zoom);
          wishes.pan({ ticks, ranks: -event.dy / zoom / layout.laneHeight });
        }
      })
      .on('end', (event: Drag) => {
        fingers.delete(event.identifier);
        if (!pinches && !pans && !held) scrub(event, true);
        pinches &&= fingers.size > 0;
      }),
  );
  const wheel = (event: WheelEvent) => {
    const layout = layoutNow();
    if (layout === null) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
    const sideways = event.deltaX !== 0 ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (sideways !== 0) {
      wishes.pan({ ticks: (sideways * unit) / layout.pitch, ranks: 0 });
      return;
    }
    const [x, y] = pointIn(event, host);
    const about = { tick: layout.tickAt(x), rank: layout.rankAt(y) };
    // A pinch comes as a wheel with Ctrl held, in small steps.
    const speed = WHEEL_SPEED * unit * (event.ctrlKey ? 6 : 1);
    wishes.zoom(Math.exp(-event.deltaY * speed), about, x < layout.plot.left);
  };
  const move = (event: PointerEvent) => {
    if (event.buttons === 0) wishes.hover(hit(event));
  };
  const leave = () => wishes.hover(null);
  const twice = (event: MouseEvent) => {
    const under = hit(event);
    if (under !== null) wishes.frame(under);
  };
  host.addEventListener('wheel', wheel, { passive: false });
  host.addEventListener('pointermove', move);
  host.addEventListener('pointerleave', leave);
  host.addEventListener('dblclick', twice);
  return () => {
    target.on('.drag', null);
    host.removeEventListener('wheel', wheel);
    host.removeEventListener('pointermove', move);
    host.removeEventListener('pointerleave', leave);
    host.removeEventListener('dblclick', twice);
  };
}
