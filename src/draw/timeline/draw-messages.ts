import { rankList } from '../../core/recording/rank-list.ts';
import type { Canvas2d } from '../../picture/canvas-2d.ts';
import { type Meeting, meetingsOf, messagesOf, waitsOf } from '../../trace/meetings.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Brush } from './brush.ts';
import { linesIn, markHeight, markIn } from './mark-box.ts';
import type { TimelineLayout } from './timeline-layout.ts';

/** Beyond this many lanes the arrows of P × P messages would be a grey block. */
const MOST_LANES = 16;

/**
 * Arrows from where pieces leave to where they land: all of them among few ranks, among many those
 * of the rank that is looked at.
 */
export function drawMessages(
  brush: Brush,
  layout: TimelineLayout,
  trace: Trace,
  lit: number | null,
): void {
  const many = trace.lanes.length > MOST_LANES;
  // Where one lane stands for all ranks, there is no other for an arrow to go to.
  if (layout.folded) return;
  if (many && lit === null) return;
  const { context, colours } = brush;
  context.strokeStyle = context.fillStyle = colours.accent;
  context.lineWidth = 1;
  for (const meeting of meetingsOf(trace)) {
    if (isOut(meeting, layout)) continue;
    for (const message of messagesOf(meeting, many ? lit : null)) {
      const own = message.from === lit || message.to === lit;
      context.globalAlpha = lit === null ? 0.5 : own ? 0.9 : 0.14;
      arrow(
        context,
        [endOf(layout, message.left), layout.yOf(message.from)],
        [landingOf(layout, message.landed), layout.yOf(message.to)],
        Math.min(5, Math.max(2.5, layout.laneHeight / 3)),
      );
    }
  }
  context.globalAlpha = 1;
}

/** Where the mark of an offer ends, and where that of a landing begins. */
function endOf({ xOf, widthOf }: TimelineLayout, tick: number): number {
  const { from, width } = markIn('offer', widthOf(tick));
  return xOf(tick) + from + width;
}

function landingOf({ xOf, widthOf }: TimelineLayout, tick: number): number {
  return xOf(tick) + markIn('landing', widthOf(tick)).from;
}

function isOut({ offers, outcomes }: Meeting, { ticks }: TimelineLayout): boolean {
  const first = Math.min(...offers.map((offer) => offer?.tick ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...outcomes.map((outcome) => outcome?.tick ?? 0));
  return last < ticks.from || first >= ticks.to;
}

function arrow(
  context: Canvas2d,
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  head: number,
): void {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (by: number) =>
    [x2 - head * Math.cos(angle + by), y2 - head * Math.sin(angle + by)] as const;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  context.beginPath();
  context.moveTo(x2, y2);
  context.lineTo(...wing(0.42));
  context.lineTo(...wing(-0.42));
  context.fill();
}

/** Hatched bars from a rank's offer to where its wait ends; open at the end where it never does. */
export function drawWaits(brush: Brush, layout: TimelineLayout, trace: Trace): void {
  const { context, colours } = brush;
  const { plot, ticks, ranks, pitch, laneHeight, bundle } = layout;
  const lines = bundle.ranks === 1 ? linesIn(pitch, laneHeight) : 0;
  const height = markHeight(laneHeight * bundle.ranks, lines) * 0.8;
  for (const { rank, since, until, peers } of waitsOf(trace)) {
    if (rank < ranks.from || rank >= ranks.to || since >= ticks.to) continue;
    const from = endOf(layout, since);
    const end = until === null ? plot.right : landingOf(layout, until);
    if (end <= plot.left) continue;
    const y = layout.yOf(rank);
    const ink = colours.soft;
    context.fillStyle = brush.hatch;
    context.globalAlpha = 0.7;
    context.fillRect(from, y - height / 2, end - from, height);
    context.globalAlpha = 1;
    if (laneHeight < 6) continue;
    context.strokeStyle = colours['line-strong'];
    context.lineWidth = 1;
    context.beginPath();
    // A wait forever is open at its end.
    context.moveTo(end, y - height / 2);
    context.lineTo(from, y - height / 2);
    context.lineTo(from, y + height / 2);
    context.lineTo(end, y + height / 2);
    if (until !== null) context.closePath();
    context.stroke();
    const text = `waits for ${rankList(peers, trace.lanes.length)}`;
    // Behind the cross that tells of it, where it is forever.
    const start = until === null ? Math.max(from, layout.xOf(since + 2)) : from;
    label(brush, text, Math.max(plot.left, start) + 6, end - 4, y, laneHeight, ink);
  }
}

function label(
  brush: Brush,
  text: string,
  from: number,
  to: number,
  y: number,
  laneHeight: number,
  ink: string,
): void {
  const { context, colours } = brush;
  if (laneHeight < 13) return;
  context.font = brush.sans;
  const { width } = context.measureText(text);
  if (width + 4 > to - from) return;
  context.fillStyle = colours.panel;
  context.fillRect(from - 3, y - 7, width + 6, 14);
  context.fillStyle = ink;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, from, y + 0.5);
}
