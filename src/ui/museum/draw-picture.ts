import { at } from '../../base/assert.ts';
import { finish } from '../../base/steps.ts';
import { drawFrame } from '../../draw/stage/draw-cells.ts';
import { drawCrosses } from '../../draw/stage/draw-marks.ts';
import { type Frame, frameAt } from '../../draw/stage/frame.ts';
import type { Ink } from '../../draw/stage/ink.ts';
import type { Scheme } from '../../draw/stage/palette.ts';
import { sceneFor } from '../../draw/stage/scene.ts';
import { wrongCells } from '../../draw/stage/wrong-cells.ts';
import { screenEasel } from '../../picture/easel.ts';
import type { Size } from '../../picture/size.ts';
import { isLow, LOW_NUMBER, layoutPicture } from './picture-layout.ts';
import { type RankSign, rankSign } from './rank-sign.ts';
import type { Telling } from './telling.ts';

/** Draws the telling moment as the stage would, on `size` CSS pixels of a canvas. */
export function drawPicture(
  canvas: HTMLCanvasElement,
  telling: Telling,
  size: Size,
  scheme: Scheme,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { trace, tick } = telling;
  canvas.width = Math.round(size.width * window.devicePixelRatio);
  canvas.height = Math.round(size.height * window.devicePixelRatio);
  const view = { shown: { trace }, colourBy: 'head', picture: 'heads', cursor: tick } as const;
  const easel = screenEasel(context, window.devicePixelRatio);
  const style = getComputedStyle(canvas);
  const line = style.getPropertyValue('--line');
  const scene = sceneFor(null, view, size, scheme, easel, style);
  const { surface, palette, colours, type, letters } = scene;
  const frame = frameAt(trace, tick, 'heads');
  const wrong = wrongCells(trace, tick, 'heads');
  const layout = layoutPicture(frame, tick, size);
  const ink: Ink = { context, size, trace, layout, palette, colours, type, letters };
  const signs = frame.map((card, rank) => rankSign(telling, rank, card));
  finish(drawFrame({ ...scene, layout }, tick, frame, wrong));
  surface.put();
  drawCardsBehind(context, ink, frame, { line, hatch: easel.risingLines(line) });
  drawCrosses(ink, tick, frame, wrong);
  drawWords(ink, signs, style.getPropertyValue('--warn'));
}

/** Under the cells that are there already: the cards, hatched where a rank waits. */
function drawCardsBehind(
  context: CanvasRenderingContext2D,
  { layout, colours }: Ink,
  frame: Frame,
  { line, hatch }: { readonly line: string; readonly hatch: CanvasPattern | string },
): void {
  context.save();
  context.globalCompositeOperation = 'destination-over';
  context.lineWidth = 1;
  layout.cards.forEach((card, rank) => {
    const { status } = at(frame, rank).state;
    context.beginPath();
    context.roundRect(card.x + 0.5, card.y + 0.5, card.width - 1, card.height - 1, 5);
    context.strokeStyle = line;
    context.stroke();
    if (status === 'waiting' || status === 'stuck') {
      context.fillStyle = hatch;
      context.fill();
    }
    context.fillStyle = colours.panel;
    context.fill();
  });
  context.restore();
}

/** Each rank's number, and what is to be said of it. */
function drawWords(
  { context, layout, colours }: Ink,
  signs: readonly (RankSign | null)[],
  warn: string,
): void {
  context.textBaseline = 'middle';
  layout.cards.forEach((card, rank) => {
    const said = signs[rank] ?? null;
    const low = isLow(card);
    const y = low ? card.y + card.height / 2 : card.y + 12;
    const wrong = said?.sign === '✕';
    context.textAlign = 'left';
    context.font = `600 11px ${colours.mono}`;
    context.fillStyle = low && wrong ? colours.bad : colours.label;
    context.fillText(
      low && wrong ? `✕${rank}` : `${rank}`,
      card.x + (low ? LOW_NUMBER.left : 9),
      y,
    );
    if (low || said === null) return;
    context.textAlign = 'right';
    context.font = `550 11px ${colours.sans}`;
    context.fillStyle = wrong ? colours.bad : said.sign === '!' ? warn : colours.label;
    context.fillText(signText(said, card.width), card.x + card.width - 9, y);
  });
}

/** The sign alone where there is no room for a word. */
function signText({ sign, word }: RankSign, width: number): string {
  return width < 78 ? sign : `${sign} ${word}`.trim();
}
