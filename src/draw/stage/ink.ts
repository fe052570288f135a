import { at } from '../../base/assert.ts';
import type { GlobalSizes } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import type { Canvas2d } from '../../picture/canvas-2d.ts';
import type { Size } from '../../picture/size.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import type { MarkLetters } from './cell-marks.ts';
import type { Part, RankFrame } from './frame.ts';
import { type Grid, gridOf } from './geometry.ts';
import type { Box, StageLayout } from './layout.ts';
import type { Palette } from './palette.ts';

/** What words and marks are drawn with, over the cells. Coordinates are CSS pixels of the stage. */
export interface Ink {
  readonly context: Canvas2d;
  readonly size: Size;
  readonly trace: Trace;
  readonly layout: StageLayout;
  readonly palette: Palette;
  readonly colours: Colours;
  /** The size of letters, in CSS pixels. */
  readonly type: number;
  readonly letters: MarkLetters;
}

export interface Colours {
  readonly mono: string;
  readonly sans: string;
  readonly ink: string;
  readonly label: string;
  readonly bad: string;
  readonly accent: string;
  readonly panel: string;
  readonly line: string;
  readonly hatch: string;
  readonly hatchDark: string;
}

/** One rank's card at a tick, and what is needed to draw on it. */
export interface Sheet {
  readonly rank: number;
  readonly card: RankFrame;
  readonly grid: Grid;
  readonly sizes: GlobalSizes;
}

/** The cards of a frame that are on the screen. */
export function sheetsOf(
  { trace, layout, size }: Ink,
  tick: Tick,
  frame: readonly RankFrame[],
): Sheet[] {
  const { calls } = trace.recording.contract;
  return frame.flatMap((card, rank) => {
    if (!overlaps(at(layout.cards, rank), { x: 0, y: 0, ...size })) return [];
    const call = at(calls, card.state.latest?.call ?? 0);
    const sizes = sizesOf(trace.recording.contract, call);
    const part: Part = card.held;
    return [{ rank, card, grid: gridOf(layout, tick, rank, card, part), sizes }];
  });
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Where words on a plate stand beside a box, covering as little as can be of what is to be seen. */
export function plateBeside(ink: Ink, text: string, box: Box, seen: readonly Box[]): Box {
  const { width, height } = plateSize(ink, text);
  const middle = { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2 };
  const [above, below] = [box.y - height - PLATE.away, box.y + box.height + PLATE.away];
  // Farther off where another plate has the nearest place.
  const next = height + PLATE.edge;
  const places = [
    { x: middle.x, y: above },
    { x: middle.x, y: below },
    { x: box.x - width - PLATE.away, y: middle.y },
    { x: box.x + box.width + PLATE.away, y: middle.y },
    { x: middle.x, y: above - next },
    { x: middle.x, y: below + next },
  ].map((place) => within(ink.size, { ...place, width, height }));
  const covered = (place: Box) => seen.filter((one) => overlaps(place, one)).length;
  return places.reduce((best, place) => (covered(place) < covered(best) ? place : best));
}

const PLATE = { padding: 6, height: 18, away: 6, edge: 2 };

function plateSize({ context, colours }: Ink, text: string): Size {
  context.save();
  context.font = `550 11.5px ${colours.sans}`;
  const { width } = context.measureText(text);
  context.restore();
  return { width: width + 2 * PLATE.padding, height: PLATE.height };
}

function within(size: Size, box: Box): Box {
  return {
    ...box,
    x: Math.max(PLATE.edge, Math.min(size.width - box.width - PLATE.edge, box.x)),
    y: Math.max(PLATE.edge, Math.min(size.height - box.height - PLATE.edge, box.y)),
  };
}

/** Words on a plate whose top left is at (`x`, `y`), or as near as the stage has room. */
export function drawPlate(ink: Ink, text: string, x: number, y: number, colour: string): void {
  const { context, colours, size } = ink;
  const box = within(size, { x, y, ...plateSize(ink, text) });
  context.save();
  context.font = `550 11.5px ${colours.sans}`;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 5);
  context.fillStyle = colours.panel;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colour;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, box.x + PLATE.padding, box.y + box.height / 2 + 0.5);
  context.restore();
}
