import type { Canvas2d } from './canvas-2d.ts';
import { risingLines } from './hatch.ts';
import { CanvasSurface, type CellSurface } from './surface.ts';

/** What is drawn on: the screen, a picture of pixels, or one of lines and words. */
export interface Easel {
  readonly context: Canvas2d;
  /** Device pixels in a CSS pixel. */
  readonly pixelRatio: number;
  /** A surface for cells, so many device pixels large, whose place is the context's origin. */
  surfaceOf(width: number, height: number): CellSurface;
  /** Rising lines of `ink` on nothing, as `fillStyle` takes them. */
  risingLines(ink: string): CanvasPattern | string;
}

/** A canvas on the screen that nothing else is drawn on. */
export function screenEasel(context: CanvasRenderingContext2D, pixelRatio: number): Easel {
  return {
    context,
    pixelRatio,
    surfaceOf: (width, height) =>
      new CanvasSurface(width, height, (image) => {
        context.putImageData(image, 0, 0);
        context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      }),
    risingLines: (ink) => risingLines(context, ink, pixelRatio),
  };
}

/** A canvas that a picture is put together on: what is drawn later lies over what is there. */
export function canvasEasel(context: OffscreenCanvasRenderingContext2D, pixelRatio: number): Easel {
  return {
    context,
    pixelRatio,
    surfaceOf(width, height) {
      const layer = new OffscreenCanvas(width, height);
      return new CanvasSurface(width, height, (image) => {
        layer.getContext('2d')?.putImageData(image, 0, 0);
        context.drawImage(layer, 0, 0, width / pixelRatio, height / pixelRatio);
      });
    },
    risingLines: (ink) => risingLines(context, ink, pixelRatio),
  };
}
