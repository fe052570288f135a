import { at } from '../../base/assert.ts';
import { coordinates, type GlobalSizes, sizesOf } from '../../engine/case.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Arrangement } from './arrange.ts';
import { type Brush, originOfCard } from './draw-cells.ts';
import type { RankFrame } from './frame.ts';

/** Below these distances, in CSS pixels, numbers would run into one another. */
const COLUMN_PITCH = 13;
const ROW_PITCH = 11;

/** Head numbers under the columns, token numbers beside the rows, where cells are large enough. */
export function drawLabels(brush: Brush, frame: readonly RankFrame[], trace: Trace): void {
  const c = trace.recording.case;
  const { context } = brush;
  context.save();
  context.fillStyle = brush.colours.label;
  context.font = `10px ${getComputedStyle(context.canvas).getPropertyValue('--mono')}`;
  frame.forEach((card, rank) => {
    const call = c.calls[card.state.latest?.call ?? 0];
    if (call === undefined) return;
    const origin = originOfCard(brush, card, rank);
    const x = origin.x + card.shift * brush.pitch.x;
    label(brush, x, origin.y, card.held, sizesOf(c, call));
  });
  context.restore();
}

function label(
  { context, pitch }: Brush,
  x: number,
  y: number,
  { cells, height }: Arrangement,
  sizes: GlobalSizes,
): void {
  for (let cell = 0; cell < cells.count; cell++) {
    const { h, s } = coordinates(sizes, at(cells.id, cell));
    if (at(cells.y, cell) === 0 && pitch.x >= COLUMN_PITCH) {
      context.textAlign = 'center';
      context.fillText(
        String(h),
        x + (at(cells.x, cell) + 0.46) * pitch.x,
        y + height * pitch.y + 11,
      );
    }
    if (at(cells.x, cell) === 0 && pitch.y >= ROW_PITCH) {
      context.textAlign = 'right';
      context.fillText(String(s), x - 6, y + (at(cells.y, cell) + 0.46) * pitch.y + 3.5);
    }
  }
}
