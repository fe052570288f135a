import { finish } from '../../base/steps.ts';
import type { Canvas2d } from '../../picture/canvas-2d.ts';
import { entryOf } from '../../trace/entry.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Brush } from './brush.ts';
import { LINE_HEIGHT, linesIn, markHeight, markIn } from './mark-box.ts';
import { formAmong, formGridOf, MARK_FORMS, type MarkForm } from './mark-form.ts';
import { markWords } from './mark-words.ts';
import { eventsIn } from './pick.ts';
import type { TimelineLayout } from './timeline-layout.ts';

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
  const right = layout.folded ? (layout.ahead?.from ?? plot.right) : plot.right;
  for (let rank = ranks.from; rank < ranks.to; rank++) {
    context.fillRect(plot.left, layout.yOf(rank) - 0.5, right - plot.left, 1);
  }
}

/** A mark for each operation, or for the one most worth seeing where several share a pixel. */
export function drawMarks(brush: Brush, layout: TimelineLayout, trace: Trace): void {
  const grid = finish(formGridOf(trace));
  const { bundle, ticks, ranks, pitch, laneHeight } = layout;
  const lines = bundle.ranks === 1 ? linesIn(pitch, laneHeight) : 0;
  const height = markHeight(laneHeight * bundle.ranks, lines);
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
      const start = layout.xOf(tick);
      const { from, width } = markIn(form, layout.xOf(tick + bundle.ticks) - start);
      boxes.get(form)?.push({ x: start + from, y, width, height });
    }
  }
  for (const [form, list] of boxes) drawForm(brush, form, list, lines > 0);
  if (lines > 0) drawWords(brush, layout, trace, lines);
}

function aligned(from: number, size: number): number {
  return Math.floor(from / size) * size;
}

function drawForm(brush: Brush, form: MarkForm, boxes: readonly Box[], words: boolean): void {
  const { context } = brush;
  const { fill, line } = paintOf(form, brush);
  context.lineWidth = 1.2;
  for (const box of boxes) {
    context.fillStyle = fill;
    context.strokeStyle = line;
    if (box.height < ROUND_FROM) {
      // Too low to be outlined: it has the colour of its outline.
      context.fillStyle = line;
      context.fillRect(box.x, box.y, box.width, box.height);
    } else if (!words && (form === 'fault' || form === 'follows')) drawCross(brush, box);
    else {
      if (form === 'offer') pathOfOffer(context, box);
      else if (form === 'landing') pathOfLanding(context, box);
      else outline(context, box);
      context.fill();
      if (line !== fill) context.stroke();
    }
  }
}

/** Views are outlined, copies filled, collectives in the accent, decisions amber, what fails first red. */
function paintOf(form: MarkForm, { colours }: Brush): { fill: string; line: string } {
  switch (form) {
    case 'view':
      return { fill: colours.panel, line: colours['line-strong'] };
    case 'copy':
      return { fill: colours.soft, line: colours.soft };
    case 'attention':
      return { fill: colours.neutral, line: colours['line-strong'] };
    case 'edge':
      return { fill: colours['line-strong'], line: colours['line-strong'] };
    case 'offer':
    case 'landing':
      return { fill: colours.accent, line: colours.accent };
    case 'decision':
      return { fill: colours['warn-soft'], line: colours.warn };
    case 'follows':
      return { fill: colours.panel, line: colours.soft };
    case 'fault':
      return { fill: colours['bad-soft'], line: colours.bad };
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

function drawCross({ context }: Brush, box: Box): void {
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
function drawWords(brush: Brush, layout: TimelineLayout, trace: Trace, lines: number): void {
  const { context } = brush;
  const { plot, ticks, ranks } = layout;
  context.font = brush.mono;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (let rank = ranks.from; rank < ranks.to; rank++) {
    for (const placed of eventsIn(trace, rank, ticks)) {
      const form = formOfPlaced(trace, rank, placed.tick);
      if (form === null) continue;
      const mark = markIn(form, layout.widthOf(placed.tick));
      const x = layout.xOf(placed.tick) + mark.from;
      // Words stay in the part that is seen.
      const from = Math.max(plot.left, x) + PADDING;
      const to = Math.min(plot.right, x + mark.width) - PADDING;
      const letters = Math.floor((to - from + 1) / brush.letter);
      if (letters < 1) continue;
      const fails = form === 'fault' || form === 'follows';
      const entry = entryOf(trace, rank, placed.index);
      const text = markWords(entry, placed.event, letters - (fails ? 2 : 0), lines);
      if (fails && text.length === 0) text.push('');
      const top = layout.yOf(rank) - ((text.length - 1) * LINE_HEIGHT) / 2;
      context.fillStyle = wordColour(form, brush);
      text.forEach((line, index) => {
        const sign = fails && index === 0 ? '✕ ' : '';
        context.fillText((sign + line).trim(), (from + to) / 2, top + index * LINE_HEIGHT + 0.5);
      });
    }
  }
}

const PADDING = 4;

function formOfPlaced(trace: Trace, rank: number, tick: number): MarkForm | null {
  return formAmong(
    finish(formGridOf(trace)),
    { from: rank, to: rank + 1 },
    { from: tick, to: tick + 1 },
  );
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
    case 'decision':
      return colours.warn;
    case 'view':
    case 'edge':
    case 'attention':
    case 'follows':
      return colours.ink;
  }
}
