import type { Steps } from '../base/steps.ts';
import type { Easel } from './easel.ts';
import { RISEN, type Tile } from './hatch.ts';
import { PLATE_RADIUS, type Stamp } from './stamp.ts';
import type { CellSurface } from './surface.ts';
import { colourOf } from './surface.ts';
import type { SvgContext } from './svg-context.ts';

/** A picture of lines and words. Its pixels are CSS pixels; cells are rectangles. */
export function svgEasel(context: SvgContext): Easel {
  return {
    context,
    pixelRatio: 1,
    surfaceOf: (width, height) => new SvgSurface(context, width, height),
    risingLines: (ink) => context.patternOf({ fill: null, ink, hatch: RISEN }),
  };
}

/** Cells as they are painted, rectangle by rectangle. A picture is painted once: nothing is cleared. */
class SvgSurface implements CellSurface {
  constructor(
    private readonly context: SvgContext,
    readonly width: number,
    readonly height: number,
  ) {}

  begin(_: readonly unknown[], paint: () => Steps<void>): Steps<void> {
    return paint();
  }

  put(): void {}

  fill(
    left: number,
    top: number,
    right: number,
    bottom: number,
    tile: Tile,
    opacity: number,
  ): void {
    this.cell(left, top, right, bottom, tile, opacity, 0);
  }

  fillRounded(
    left: number,
    top: number,
    right: number,
    bottom: number,
    tile: Tile,
    opacity: number,
    insets: readonly number[],
  ): void {
    this.cell(left, top, right, bottom, tile, opacity, insets.length);
  }

  outline(
    left: number,
    top: number,
    right: number,
    bottom: number,
    word: number,
    dash: number,
  ): void {
    if (!this.isSeen(left, top, right, bottom)) return;
    const { context } = this;
    context.save();
    context.strokeStyle = colourOf(word);
    context.lineWidth = 1;
    context.setLineDash([dash, dash]);
    context.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
    context.restore();
  }

  shade(left: number, top: number, right: number, bottom: number, opacity: number): void {
    if (!this.isSeen(left, top, right, bottom)) return;
    const { context } = this;
    context.save();
    context.fillStyle = '#000000';
    context.globalAlpha = opacity;
    context.fillRect(left, top, right - left, bottom - top);
    context.restore();
  }

  stamp(left: number, top: number, { text, font, ink, plate, width, height }: Stamp): void {
    if (!this.isSeen(left, top, left + width, top + height)) return;
    const { context } = this;
    context.save();
    if (plate !== null) {
      context.fillStyle = plate.colour;
      context.globalAlpha = plate.opacity;
      context.beginPath();
      context.roundRect(left, top, width, height, PLATE_RADIUS);
      context.fill();
      context.globalAlpha = 1;
    }
    context.font = font;
    context.fillStyle = ink;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, left + width / 2, top + height / 2 + 0.5);
    context.restore();
  }

  private cell(
    left: number,
    top: number,
    right: number,
    bottom: number,
    tile: Tile,
    opacity: number,
    radius: number,
  ): void {
    if (!this.isSeen(left, top, right, bottom)) return;
    const { context } = this;
    context.save();
    context.fillStyle = context.patternOf(tile);
    context.globalAlpha = opacity;
    context.fillCell(left, top, right - left, bottom - top, radius);
    context.restore();
  }

  private isSeen(left: number, top: number, right: number, bottom: number): boolean {
    return right > 0 && bottom > 0 && left < this.width && top < this.height;
  }
}
