import { assert } from '../../base/assert.ts';
import { canvasEasel } from '../../picture/easel.ts';
import { SvgContext } from '../../picture/svg-context.ts';
import { svgEasel } from '../../picture/svg-easel.ts';
import type { Form } from './forms.ts';
import type { Picture } from './picture.ts';

/** Pixels of a PNG in a CSS pixel. */
const PNG_RATIO = 2;

/** A picture as a file, as it is on the screen. */
export async function drawPicture(picture: Picture, form: Form): Promise<Blob> {
  return form === 'svg'
    ? new Blob([svgOf(picture)], { type: 'image/svg+xml' })
    : canvasOf(picture, PNG_RATIO).convertToBlob({ type: 'image/png' });
}

function svgOf(picture: Picture): string {
  const { width, height } = picture.size;
  const ruler = contextOf(new OffscreenCanvas(1, 1));
  const context = new SvgContext((text, font) => {
    ruler.font = font;
    return ruler.measureText(text).width;
  });
  picture.draw(svgEasel(context), null);
  return context.print(width, height, picture.title);
}

function canvasOf(picture: Picture, ratio: number): OffscreenCanvas {
  const { width, height } = picture.size;
  const canvas = new OffscreenCanvas(width * ratio, height * ratio);
  const context = contextOf(canvas);
  context.scale(ratio, ratio);
  picture.draw(canvasEasel(context, ratio), null);
  return canvas;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  assert(context !== null, 'a browser that has canvases draws on them');
  return context;
}
