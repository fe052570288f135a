import type { Canvas2d } from '../../picture/canvas-2d.ts';
import type { MarkForm } from '../../trace/mark-forms.ts';
import type { Brush } from './brush.ts';
import type { Box, Mark, MarkLine, MarkList } from './marks.ts';
import type { TimelineLayout } from './timeline-layout.ts';

const ROUND_FROM = 5;

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

/** Paints marks form by form, and then what is written in them. */
export function drawMarks(brush: Brush, { marks, worded, lines }: MarkList): void {
  for (const mark of marks) drawMark(brush, mark, worded);
  drawWords(brush, lines);
}

function drawMark(brush: Brush, { form, box }: Mark, words: boolean): void {
  const { context } = brush;
  const { fill, line } = paintOf(form, brush);
  context.lineWidth = 1.2;
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

function drawWords(brush: Brush, lines: readonly MarkLine[]): void {
  const { context } = brush;
  context.font = brush.mono;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (const { form, text, x, y } of lines) {
    context.fillStyle = wordColour(form, brush);
    context.fillText(text, x, y);
  }
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
