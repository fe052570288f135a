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

/** How fast a wheel zooms: a notch of 100 pixels by a fifth or so. */
const WHEEL_SPEED = 0.0018;
const LINE_PIXELS = 16;

/**
 * Listens on `host`: drag scrubs, Shift+drag or a drag by the middle button pans, the wheel zooms about
 * the pointer (over the names: the lanes alone), Shift+wheel or a sideways wheel pans in time. Gives
 * back what ends it.
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

  const scrub = ({ x }: Drag, rest: boolean) => {
    const layout = layoutNow();
    if (layout !== null) wishes.scrub(layout.tickAt(x / zoomOf(host)) - 0.5, rest);
  };
  target.call(
    drag<HTMLElement, unknown>()
      .container(() => host)
      .filter((event: MouseEvent) => !event.ctrlKey && (event.button === 0 || event.button === 1))
      .on('start', (event: Drag) => {
        const source: MouseEvent = event.sourceEvent;
        const under = hit(source);
        pans = source.shiftKey || source.button === 1;
        held = !pans && under?.kind === 'name';
        wishes.hover(null);
        if (under?.kind === 'name' && held) wishes.choose(under.rank);
        else if (!pans) scrub(event, false);
      })
      .on('drag', (event: Drag) => {
        const layout = layoutNow();
        if (layout === null || held) return;
        if (!pans) scrub(event, false);
        else {
          const [dx, dy] = [event.dx / zoomOf(host), event.dy / zoomOf(host)];
          wishes.pan({ ticks: -dx / layout.pitch, ranks: -dy / layout.laneHeight });
        }
      })
      .on('end', (event: Drag) => {
        if (!pans && !held) scrub(event, true);
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
