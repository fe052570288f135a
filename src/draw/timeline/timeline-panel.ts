import { drawSvg } from '../../picture/draw-svg.ts';
import type { Panel } from '../../store/panel.ts';
import type { ShownRun } from '../../store/shown.ts';
import { type Brush, createBrush } from './brush.ts';
import { drawLanes, drawMarks } from './draw-marks.ts';
import { drawMessages, drawWaits } from './draw-messages.ts';
import { markListOf } from './marks.ts';
import { createOverlay } from './overlay.ts';
import type { TimelineLayout } from './timeline-layout.ts';

/** A timeline as it is laid out now as a panel, with the cursor anywhere. */
export function panelOf(
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

/** All marks of a timeline; the words around them are an overlay's. */
export function drawAll(
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
  drawMarks(brush, markListOf(trace, layout, brush.letter));
  context.restore();
}
