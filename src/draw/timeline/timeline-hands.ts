import type { CanvasController } from '../canvas/canvas-controller.ts';
import type { Gestures } from '../canvas/gestures.ts';
import { listenForDrags, type Wishes } from './drags.ts';
import type { TimelineSource } from './source.ts';
import type { Hit, TimelineLayout } from './timeline-layout.ts';
import type { TimelineSight } from './timeline-sight.ts';
import type { Tooltip } from './tooltip.ts';
import { following, framing, panned, wholeOf, zoomed, zoomedLanes } from './window.ts';

/** How much closer a press of + comes. */
const KEY_ZOOM = 1.6;
/** How fast a wheel zooms: a notch of 100 pixels by a fifth or so. */
const WHEEL_SPEED = 0.0018;
const LINE_PIXELS = 16;

/**
 * Drag scrubs, Shift+drag or a drag by the middle button pans, the wheel zooms about the pointer (over
 * the names: the lanes alone), Shift+wheel or a sideways wheel pans in time; a pinch by two fingers, on
 * a screen or a trackpad, zooms about their middle. A double click fills the width with what it is on.
 */
export function createTimelineHands(
  host: HTMLElement,
  source: TimelineSource,
  sight: TimelineSight,
  tooltip: Tooltip,
  canvas: CanvasController<TimelineLayout, Hit>,
): Gestures {
  const { now, look } = sight;
  const wishes: Wishes = {
    scrub(to, rest) {
      source.seek(Math.min(now.extent.time - 1, Math.max(0, rest ? Math.round(to) : to)));
    },
    pan: (by) => look(panned(now.span, now.extent, by)),
    zoom(factor, about, lanesOnly) {
      look(
        lanesOnly ? zoomedLanes(now.span, now.extent, factor, about) : sight.nearer(factor, about),
      );
    },
    choose: (rank) => sight.choose(rank === now.chosen ? null : rank),
    hover(hit) {
      const layout = sight.layout();
      if (now.shown !== null && layout !== null && hit?.kind === 'lane') {
        tooltip.show(now.shown.trace, layout, hit);
      } else tooltip.hide();
      sight.hover(hit === null || hit.kind === 'bracket' ? null : hit.rank);
    },
  };
  return {
    move(at, event) {
      if (event.buttons === 0) wishes.hover(canvas.hitAt(at));
    },
    leave: () => wishes.hover(null),
    twice(at) {
      const hit = canvas.hitAt(at);
      if (hit !== null) frame(sight, hit);
    },
    wheel([x, y], event) {
      const layout = sight.layout();
      if (layout !== null) turn(layout, x, y, event, wishes);
    },
    key: (key) => commandOf(sight, key),
    end: listenForDrags(host, sight.layout, canvas.hitAt, wishes),
  };
}

/** To see just what was pressed twice. */
function frame({ now, look }: TimelineSight, hit: Hit): void {
  const { span, extent } = now;
  if (hit.kind === 'bracket') look(framing(span, extent, hit.bracket.first, hit.bracket.last));
  else if (hit.kind === 'lane') {
    const about = { tick: hit.tick + 0.5, rank: hit.rank + 0.5 };
    look(framing(zoomed(span, extent, extent.time, about), extent, hit.tick, hit.tick));
  }
}

function turn(
  layout: TimelineLayout,
  x: number,
  y: number,
  event: WheelEvent,
  { pan, zoom }: Wishes,
): void {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
  const sideways = event.deltaX !== 0 ? event.deltaX : event.shiftKey ? event.deltaY : 0;
  if (sideways !== 0) {
    pan({ ticks: (sideways * unit) / layout.pitch, ranks: 0 });
    return;
  }
  const about = { tick: layout.tickAt(x), rank: layout.rankAt(y) };
  // A pinch comes as a wheel with Ctrl held, in small steps.
  const speed = WHEEL_SPEED * unit * (event.ctrlKey ? 6 : 1);
  zoom(Math.exp(-event.deltaY * speed), about, x < layout.plot.left);
}

function commandOf({ now, look, choose }: TimelineSight, key: string): (() => void) | null {
  const { span, extent, cursor, chosen } = now;
  const about = { tick: cursor + 0.5, rank: (chosen ?? 0) + 0.5 };
  const last = extent.lanes - 1;
  switch (key) {
    case '+':
    case '=':
      return () => look(following(zoomed(span, extent, KEY_ZOOM, about), extent, cursor, 0));
    case '-':
    case '_':
      return () => look(zoomed(span, extent, 1 / KEY_ZOOM, about));
    case '0':
      return () => look(wholeOf(extent));
    case 'ArrowDown':
      return () => choose(chosen === null ? 0 : Math.min(last, chosen + 1));
    case 'ArrowUp':
      return () => choose(chosen === null ? last : Math.max(0, chosen - 1));
    case 'Escape':
      return () => choose(null);
    default:
      return null;
  }
}
