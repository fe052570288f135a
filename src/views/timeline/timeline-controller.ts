import { select } from 'd3';
import type { Steps } from '../../base/steps.ts';
import { drawSvg } from '../../picture/draw-svg.ts';
import { screenEasel } from '../../picture/easel.ts';
import type { Panel } from '../../store/panel.ts';
import type { ShownRun } from '../../store/shown.ts';
import type { Span } from '../../store/view.ts';
import { entryOf } from '../../trace/entry.ts';
import { momentText, outOf } from '../../trace/moment-text.ts';
import type { Trace } from '../../trace/trace.ts';
import { pixelRatioOf } from '../css-zoom.ts';
import { createDrawing } from '../in-frames.ts';
import { onLookChange } from '../look-changes.ts';
import { nextFrame } from '../next-frame.ts';
import { type Brush, createBrush } from './brush.ts';
import { drawLanes, drawMarks } from './draw-marks.ts';
import { drawMessages, drawWaits } from './draw-messages.ts';
import { listen, type Wishes } from './gestures.ts';
import { formGridOf } from './mark-form.ts';
import { createOverlay } from './overlay.ts';
import { eventAt } from './pick.ts';
import type { TimelineSource } from './source.ts';
import { endsOf, timeScale } from './time-scale.ts';
import { extentOf, layoutTimeline, type TimelineLayout } from './timeline-layout.ts';
import { createTooltip } from './tooltip.ts';
import {
  type Extent,
  following,
  framing,
  isWhole,
  panned,
  reaching,
  type Spot,
  settled,
  wholeOf,
  zoomed,
  zoomedLanes,
} from './window.ts';

/** While it plays, the cursor keeps this share of the width to the edge. */
const PLAYING_SLACK = 0.2;
/** How much closer a press of + comes. */
const KEY_ZOOM = 1.6;

export interface TimelineController {
  /** What is on the timeline, to be drawn elsewhere; null before there is anything. */
  panel(): Panel | null;
  destroy(): void;
}

/**
 * Owns the timeline's pixels: marks on a canvas, names, brackets and the cursor in an SVG above it. It
 * keeps what is shown of the trace (the window) and which rank is looked at, and paints at most once a
 * frame: the canvas only when one of these changed, the cursor whenever it moved.
 */
export function createTimelineController(
  host: HTMLElement,
  source: TimelineSource,
): TimelineController {
  const canvas = select(host).append('canvas').node();
  const context = canvas?.getContext('2d') ?? null;
  if (canvas === null || context === null) return { panel: () => null, destroy() {} };
  const overlay = createOverlay(host);
  const tooltip = createTooltip(host);

  let size = { width: 0, height: 0 };
  let shown: ShownRun | null = null;
  let folds = false;
  let extent: Extent = { time: 1, lanes: 1 };
  let view: Span = wholeOf(extent);
  /** The same, as the source was told of it. */
  let told: Span | null = null;
  /** The rank that was chosen, and the one under the pointer. */
  let chosen: number | null = null;
  let hovered: number | null = null;
  let brush: Brush | null = null;
  /** Null where what it was made of has changed. */
  let layout: TimelineLayout | null = null;
  let drawn = false;
  let cursor = 0;
  const drawing = createDrawing(() => source.begin?.() ?? (() => {}));
  const frame = nextFrame(() => {
    if (shown !== null) drawing.begin(paintInSteps(shown.trace));
  });
  const request = frame.ask;
  const redraw = () => {
    drawn = false;
    request();
  };
  const arrange = () => {
    layout = null;
    redraw();
  };
  const layoutNow = () => {
    if (shown === null || size.width === 0) return null;
    layout ??= layoutTimeline(shown.trace, view, size);
    return layout;
  };
  const show = (next: Span) => {
    view = next;
    tooltip.hide();
    arrange();
  };
  const look = (next: Span) => {
    if (next === view) return;
    const near = settled(next, extent);
    show(near);
    told = isWhole(near, extent) ? null : near;
    source.look(told);
  };
  /** Ticks are not equally wide: what was zoomed about comes back to where it stood. */
  const zoomedAbout = (factor: number, about: Spot): Span => {
    const next = zoomed(view, extent, factor, about);
    const placed = layoutNow();
    if (placed === null || shown === null) return next;
    const moved = timeScale(shown.trace, next.time, placed.plot);
    const away = about.tick - moved.tickAt(placed.xOf(about.tick));
    return panned(next, extent, { ticks: away, ranks: 0 });
  };
  const choose = (rank: number | null) => {
    chosen = rank;
    if (rank !== null) look(reaching(view, extent, rank));
    redraw();
  };
  const restyle = () => {
    brush = null;
    redraw();
  };

  const follow = () => {
    const state = source.read();
    if (state === null) return;
    const another = state.shown !== shown || state.folds !== folds;
    if (another) {
      // Of another run the verdict is read first.
      if (shown !== null) frame.askAfterWords();
      ({ shown, folds } = state);
      extent = extentOf(shown.trace, folds);
      chosen = hovered = null;
    }
    if (another || state.span !== told) {
      told = state.span;
      show(told === null ? wholeOf(extent) : settled(told, extent));
    }
    if (state.cursor === cursor) return;
    cursor = state.cursor;
    look(following(view, extent, cursor, state.direction === 0 ? 0 : PLAYING_SLACK));
    request();
  };

  /** What all marks of a run are looked through for is found in steps. */
  function* paintInSteps(trace: Trace): Steps<void> {
    yield* endsOf(trace);
    yield* formGridOf(trace);
    paint();
  }

  function paint(): void {
    if (shown === null || canvas === null || context === null) return;
    tellValue(host, shown, cursor, chosen);
    const placed = layoutNow();
    if (placed === null) return;
    if (!drawn) {
      brush ??= createBrush(screenEasel(context, pixelRatioOf(canvas)), getComputedStyle(canvas));
      const lit = hovered ?? chosen;
      const { pixelRatio } = brush;
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      context.clearRect(0, 0, size.width, size.height);
      drawAll(brush, placed, shown, lit);
      overlay.arrange(placed, lit);
      drawn = true;
    }
    overlay.point(placed, cursor);
  }

  const wishes: Wishes = {
    scrub(to, rest) {
      const inside = Math.min(extent.time - 1, Math.max(0, rest ? Math.round(to) : to));
      source.seek(inside);
    },
    pan: (by) => look(panned(view, extent, by)),
    zoom: (factor, about, lanesOnly) =>
      look(lanesOnly ? zoomedLanes(view, extent, factor, about) : zoomedAbout(factor, about)),
    frame(hit) {
      if (hit.kind === 'bracket') {
        look(framing(view, extent, hit.bracket.first, hit.bracket.last));
      } else if (hit.kind === 'lane') {
        const about = { tick: hit.tick + 0.5, rank: hit.rank + 0.5 };
        const near = zoomed(view, extent, extent.time, about);
        look(framing(near, extent, hit.tick, hit.tick));
      }
    },
    choose: (rank) => choose(rank === chosen ? null : rank),
    hover(hit) {
      const rank = hit === null || hit.kind === 'bracket' ? null : hit.rank;
      const placed = layoutNow();
      if (shown !== null && placed !== null && hit?.kind === 'lane') {
        tooltip.show(shown.trace, placed, hit);
      } else tooltip.hide();
      if (rank === hovered) return;
      hovered = rank;
      redraw();
    },
  };

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const about = { tick: cursor + 0.5, rank: (chosen ?? 0) + 0.5 };
    const last = extent.lanes - 1;
    switch (event.key) {
      case '+':
      case '=':
        look(following(zoomed(view, extent, KEY_ZOOM, about), extent, cursor, 0));
        break;
      case '-':
      case '_':
        look(zoomed(view, extent, 1 / KEY_ZOOM, about));
        break;
      case '0':
        look(wholeOf(extent));
        break;
      case 'ArrowDown':
        choose(chosen === null ? 0 : Math.min(last, chosen + 1));
        break;
      case 'ArrowUp':
        choose(chosen === null ? last : Math.max(0, chosen - 1));
        break;
      case 'Escape':
        choose(null);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    size = { width: entry.contentRect.width, height: entry.contentRect.height };
    const ratio = pixelRatioOf(canvas);
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
    layout = null;
    restyle();
  });
  observer.observe(host);
  const unsubscribe = source.subscribe(follow);
  const deafen = listen(host, layoutNow, wishes);
  host.addEventListener('keydown', press);
  const deafenLook = onLookChange(restyle);
  document.fonts.addEventListener('loadingdone', restyle);
  follow();

  return {
    panel() {
      const placed = layoutNow();
      if (placed === null || shown === null) return null;
      return panelOf(host, placed, { shown, cursor, lit: chosen });
    },
    destroy() {
      frame.cancel();
      drawing.leave();
      unsubscribe();
      deafen();
      observer.disconnect();
      host.removeEventListener('keydown', press);
      deafenLook();
      document.fonts.removeEventListener('loadingdone', restyle);
      overlay.remove();
      tooltip.remove();
      canvas.remove();
    },
  };
}

/** A timeline as it is laid out now as a panel, with the cursor anywhere. */
function panelOf(
  host: HTMLElement,
  layout: TimelineLayout,
  now: { readonly shown: ShownRun; readonly cursor: number; readonly lit: number | null },
): Panel {
  const { shown, lit } = now;
  return {
    size: layout.size,
    shown,
    draw(easel, cursor) {
      drawAll(createBrush(easel, getComputedStyle(host)), layout, shown, lit);
      const overlay = createOverlay(host);
      overlay.arrange(layout, lit);
      overlay.point(layout, cursor ?? now.cursor);
      drawSvg(easel.context, overlay.svg);
      overlay.remove();
    },
  };
}

function drawAll(
  brush: Brush,
  layout: TimelineLayout,
  { trace }: ShownRun,
  lit: number | null,
): void {
  const { context } = brush;
  const { plot } = layout;
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
  context.clip();
  drawLanes(brush, layout, lit);
  drawWaits(brush, layout, trace);
  drawMessages(brush, layout, trace, lit);
  drawMarks(brush, layout, trace);
  context.restore();
}

/** The slider's value, and in words; with what the chosen rank does there. */
function tellValue(
  host: HTMLElement,
  { trace }: ShownRun,
  cursor: number,
  chosen: number | null,
): void {
  const tick = Math.round(cursor);
  const { call, operation } = momentText(trace, tick);
  const step = `step ${tick + 1}${outOf(trace)}`;
  select(host)
    .attr('aria-valuemax', trace.ticks - 1)
    .attr('aria-valuenow', tick)
    .attr('aria-valuetext', `${call}, ${operation}, ${step}${doingText(trace, chosen, tick)}`);
}

/** ", rank 2: permute(1, 0)" */
function doingText(trace: Trace, rank: number | null, tick: number): string {
  if (rank === null) return '';
  const placed = eventAt(trace, rank, tick);
  const doing = placed === null ? 'nothing' : entryOf(trace, rank, placed.index).operation;
  return `, rank ${rank}: ${doing}`;
}
