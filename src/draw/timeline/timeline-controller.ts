import { select } from 'd3';
import { assert } from '../../base/assert.ts';
import type { Panel } from '../../store/panel.ts';
import { createCanvasController, type Screen } from '../canvas/canvas-controller.ts';
import { type Brush, createBrush } from './brush.ts';
import { formGridOf } from './mark-form.ts';
import { createOverlay, type Overlay } from './overlay.ts';
import type { TimelineSource } from './source.ts';
import { tellValue } from './tell-value.ts';
import { endsOf } from './time-scale.ts';
import { createTimelineHands } from './timeline-hands.ts';
import { type Hit, hitAt, type TimelineLayout } from './timeline-layout.ts';
import { drawAll, panelOf } from './timeline-panel.ts';
import { createSight, type TimelineSight } from './timeline-sight.ts';
import { createTooltip } from './tooltip.ts';

export interface TimelineController {
  /** What is on the timeline, to be drawn elsewhere; null before there is anything. */
  panel(): Panel | null;
  destroy(): void;
}

/**
 * Owns the timeline's pixels: marks on a canvas, names, brackets and the cursor in an SVG above it. The
 * canvas is painted only when what is in sight, or the rank that is looked at, has changed; the cursor
 * moves whenever it did.
 */
export function createTimelineController(
  host: HTMLElement,
  source: TimelineSource,
): TimelineController {
  const node = select(host).append('canvas').node();
  assert(node !== null, 'what was appended is there');
  const overlay = createOverlay(host);
  const tooltip = createTooltip(host);
  const kept: Kept = { brush: null, drawn: false };
  const sight = createSight(
    source,
    () => canvas.screen().size,
    (what) => {
      if (what === 'span') tooltip.hide();
      kept.drawn = false;
      canvas.repaint();
    },
  );
  const canvas = createCanvasController<TimelineLayout, Hit>({
    host,
    canvas: node,
    source,
    follow: sight.follow,
    forget() {
      kept.brush = null;
      kept.drawn = false;
    },
    *prepare() {
      const { shown } = sight.now;
      if (shown === null) return;
      // All marks of a run are looked through.
      yield* endsOf(shown.trace);
      yield* formGridOf(shown.trace);
    },
    layout() {
      const { shown, cursor, chosen } = sight.now;
      if (shown !== null) tellValue(host, shown.trace, cursor, chosen);
      return sight.layout();
    },
    *paint(screen, layout) {
      return () => {
        if (!kept.drawn) paintMarks(screen, layout, sight, kept, overlay);
        overlay.point(layout, sight.now.cursor);
      };
    },
    hit: hitAt,
    gestures: (made) => createTimelineHands(host, source, sight, tooltip, made),
  });
  if (sight.follow() !== null) canvas.repaint();

  return {
    panel() {
      const layout = sight.layout();
      const { shown, cursor, chosen } = sight.now;
      if (layout === null || shown === null) return null;
      return panelOf(host, layout, { shown, cursor, lit: chosen });
    },
    destroy() {
      canvas.destroy();
      overlay.remove();
      tooltip.remove();
      node.remove();
    },
  };
}

/** What is kept from frame to frame. */
interface Kept {
  brush: Brush | null;
  /** Whether the canvas shows what is in sight. */
  drawn: boolean;
}

function paintMarks(
  { context, easel, size }: Screen,
  layout: TimelineLayout,
  { now }: TimelineSight,
  kept: Kept,
  overlay: Overlay,
): void {
  if (now.shown === null) return;
  kept.brush ??= createBrush(easel, getComputedStyle(context.canvas));
  const lit = now.hovered ?? now.chosen;
  const { pixelRatio } = easel;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  drawAll(kept.brush, layout, now.shown, lit);
  overlay.arrange(layout, lit);
  kept.drawn = true;
}
