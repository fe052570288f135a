import type { Canvas2d } from '../../picture/canvas-2d.ts';
import { entryOf } from '../../trace/entry.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Brush } from './brush.ts';
import { hasRoomForWords, markHeight, markWidth } from './mark-box.ts';
import { formAmong, formGridOf, MARK_FORMS, type MarkForm } from './mark-form.ts';
import { markWords } from './mark-words.ts';
import { eventsIn } from './pick.ts';
import type { TimelineLayout } from './timeline-layout.ts';

/** Lines of words stand this far apart, in CSS pixels. */
const LINE = 14;
const ROUND_FROM = 5;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The lines that marks stand on, and the band of the lane that is looked at. */
export function drawLanes(brush: Brush, layout: TimelineLayout, lit: number | null): void {
  const { context, colours } = brush;
  const { plot, ranks, laneHeight } = layout;
  if (lit !== null) {
    const height = Math.max(3, laneHeight);
    context.globalAlpha = 0.55;
    context.fillStyle = colours.line;
    context.fillRect(plot.left, layout.yOf(lit) - height / 2, plot.right - plot.left, height);
    context.globalAlpha = 1;
  }
  if (laneHeight < 5) return;
  context.fillStyle = colours.line;
  for (let rank = ranks.from; rank < ranks.to; rank++) {
    context.fillRect(plot.left, layout.yOf(rank) - 0.5, plot.right - plot.left, 1);
  }
}

/** A mark for each operation, or for the one most worth seeing where several share a pixel. */
export function drawMarks(brush: Brush, layout: TimelineLayout, trace: Trace): void {
  const { context } = brush;
  const grid = formGridOf(trace);
  const { bundle, ticks, ranks, pitch, laneHeight } = layout;
  const words = bundle.ranks === 1 && hasRoomForWords(pitch, laneHeight);
  const height = markHeight(laneHeight * bundle.ranks, words);
  const boxes = new Map<MarkForm, Box[]>(MARK_FORMS.map((form) => [form, []]));
  // Bundles begin at multiples of their size, so that panning does not make them flicker.
  for (let rank = aligned(ranks.from, bundle.ranks); rank < ranks.to; rank += bundle.ranks) {
    const lanes = { from: rank, to: Math.min(ranks.to, rank + bundle.ranks) };
    const y = layout.yOf((lanes.from + lanes.to - 1) / 2) - height / 2;
    for (let tick = aligned(ticks.from, bundle.ticks); tick < ticks.to; tick += bundle.ticks) {
      const form = formAmong(grid, lanes, {
        from: tick,
        to: Math.min(ticks.to, tick + bundle.ticks),
      });
      if (form === null) continue;
      const width = markWidth(form, pitch * bundle.ticks);
      const x = layout.xOf(tick) + (pitch * bundle.ticks - width) / 2;
      boxes.get(form)?.push({ x, y, width, height });
    }
  }
  for (const [form, list] of boxes) drawForm(brush, form, list, words);
  if (words) drawWords(context, brush, layout, trace, height);
}

function aligned(from: number, size: number): number {
  return Math.floor(from / size) * size;
}

function drawForm(brush: Brush, form: MarkForm, boxes: readonly Box[], words: boolean): void {
  const { context, colours } = brush;
  context.globalAlpha = form === 'view' ? 0.45 : form === 'edge' ? 0.6 : 1;
  context.fillStyle = context.strokeStyle = colourOf(form, brush);
  context.lineWidth = 1.4;
  for (const box of boxes) {
    if (box.height < ROUND_FROM) context.fillRect(box.x, box.y, box.width, box.height);
    else if (form === 'fault') drawFault(brush, box, words);
    else if (form === 'decision' || form === 'attention' || (form === 'edge' && words)) {
      outline(context, box);
      if (form === 'attention') {
        context.fillStyle = colours.line;
        context.fill();
      }
      context.stroke();
    } else {
      if (form === 'offer') pathOfOffer(context, box);
      else if (form === 'landing') pathOfLanding(context, box);
      else outline(context, box);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

function colourOf(form: MarkForm, { colours }: Brush): string {
  switch (form) {
    case 'copy':
      return colours.soft;
    case 'offer':
    case 'landing':
      return colours.accent;
    case 'fault':
      return colours.bad;
    case 'view':
    case 'edge':
    case 'decision':
    case 'attention':
      return colours['line-strong'];
  }
}

function outline(context: Canvas2d, { x, y, width, height }: Box): void {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(3.5, height / 3, width / 2));
}

/** A collective is a box with a point: what leaves points out, what lands is pointed into. */
function pathOfOffer(context: Canvas2d, { x, y, width, height }: Box): void {
  const point = Math.min(6, width * 0.4);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + width - point, y);
  context.lineTo(x + width, y + height / 2);
  context.lineTo(x + width - point, y + height);
  context.lineTo(x, y + height);
  context.closePath();
}

function pathOfLanding(context: Canvas2d, { x, y, width, height }: Box): void {
  const point = Math.min(6, width * 0.4);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y + height);
  context.lineTo(x, y + height);
  context.lineTo(x + point, y + height / 2);
  context.closePath();
}

/** A cross; around words, a frame. */
function drawFault({ context }: Brush, box: Box, words: boolean): void {
  if (words) {
    outline(context, box);
    context.stroke();
    return;
  }
  const arm = Math.min(6, box.height * 0.5, Math.max(3, box.width * 0.5));
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  context.lineWidth = 2.2;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.stroke();
}

/** Operations in words, inside of their marks: the more the nearer one comes. */
function drawWords(
  context: Canvas2d,
  brush: Brush,
  layout: TimelineLayout,
  trace: Trace,
  height: number,
): void {
  const { plot, ticks, ranks, pitch } = layout;
  const lines = Math.max(1, Math.floor((height - 2) / LINE));
  context.font = brush.mono;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (let rank = ranks.from; rank < ranks.to; rank++) {
    for (const placed of eventsIn(trace, rank, ticks)) {
      const form = formOfPlaced(trace, rank, placed.tick);
      if (form === null) continue;
      const width = markWidth(form, pitch);
      const x = layout.xOf(placed.tick) + (pitch - width) / 2;
      // Words stay in the part that is seen.
      const from = Math.max(plot.left, x) + PADDING;
      const to = Math.min(plot.right, x + width) - PADDING;
      const letters = Math.floor((to - from) / brush.letter);
      const text = markWords(
        entryOf(trace, rank, placed.index),
        letters - (form === 'fault' ? 2 : 0),
        lines,
      );
      const top = layout.yOf(rank) - ((text.length - 1) * LINE) / 2;
      context.fillStyle = wordColour(form, brush);
      text.forEach((line, index) => {
        const sign = form === 'fault' && index === 0 ? '✕ ' : '';
        context.fillText(sign + line, (from + to) / 2, top + index * LINE + 0.5);
      });
    }
  }
}

const PADDING = 8;

function formOfPlaced(trace: Trace, rank: number, tick: number): MarkForm | null {
  return formAmong(formGridOf(trace), { from: rank, to: rank + 1 }, { from: tick, to: tick + 1 });
}

function wordColour(form: MarkForm, { colours }: Brush): string {
  switch (form) {
    case 'copy':
      return colours.panel;
    case 'offer':
    case 'landing':
      return colours['on-accent'];
    case 'fault':
      return colours.bad;
    case 'view':
    case 'edge':
    case 'decision':
    case 'attention':
      return colours.ink;
  }
}
