import { rgb } from 'd3';
import type { Steps } from '../base/steps.ts';
import type { Tile } from './hatch.ts';
import type { Stamp } from './stamp.ts';

/** Where cells are painted. Coordinates are device pixels; what lies outside is cut off. */
export interface CellSurface {
  readonly width: number;
  readonly height: number;
  /**
   * Takes away what was painted, but for what `paint` paints. That is kept, and painted anew only
   * once it depends on other `grounds`. In the steps of `paint`, between which nothing else may paint.
   */
  begin(grounds: readonly unknown[], paint: () => Steps<void>): Steps<void>;
  /** Fills a rectangle with a tile that is anchored to its corner. */
  fill(left: number, top: number, right: number, bottom: number, tile: Tile, opacity: number): void;
  /**
   * The same with round corners. `insets` say by how much the first rows, and mirrored the last
   * ones, are shorter at both ends.
   */
  fillRounded(
    left: number,
    top: number,
    right: number,
    bottom: number,
    tile: Tile,
    opacity: number,
    insets: readonly number[],
  ): void;
  /** The outline of a rectangle, dashed. `word` is its colour as a pixel. */
  outline(
    left: number,
    top: number,
    right: number,
    bottom: number,
    word: number,
    dash: number,
  ): void;
  /** Darkens what lies in a rectangle; where nothing does, a veil of black that does not add up. */
  shade(left: number, top: number, right: number, bottom: number, opacity: number): void;
  /** Puts a stamp over what lies under it, with its top left there. */
  stamp(left: number, top: number, stamp: Stamp): void;
  /** Puts what was painted in its place; words and marks are drawn over it. */
  put(): void;
}

/**
 * The stage's cells as plain pixels. With tens of thousands of cells a frame, telling a canvas each
 * rectangle costs more than writing its pixels: cells seldom overlap, so that a frame costs no more
 * than the stage has pixels.
 *
 * A pixel is one word, A B G R from the highest byte on (every machine that runs a browser today is
 * little-endian).
 */
export class CanvasSurface implements CellSurface {
  private readonly image: ImageData;
  private readonly words: Uint32Array;
  /** What was painted last upon which grounds; null before anything was. */
  private ground: { readonly grounds: readonly unknown[]; readonly words: Uint32Array } | null =
    null;

  constructor(
    readonly width: number,
    readonly height: number,
    private readonly putImage: (image: ImageData) => void,
  ) {
    this.image = new ImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
  }

  *begin(grounds: readonly unknown[], paint: () => Steps<void>): Steps<void> {
    const known = this.ground;
    if (known?.grounds.every((one, index) => one === grounds[index]) === true) {
      this.words.set(known.words);
      return;
    }
    this.words.fill(0);
    yield* paint();
    const words = known?.words ?? new Uint32Array(this.words.length);
    words.set(this.words);
    this.ground = { grounds, words };
  }

  put(): void {
    this.putImage(this.image);
  }

  fill(
    left: number,
    top: number,
    right: number,
    bottom: number,
    { side, words }: Tile,
    opacity: number,
  ): void {
    const target = this.words;
    const width = this.width;
    const kept = opacity < 1 ? 0xffffff : 0xffffffff;
    const added = opacity < 1 ? Math.round(255 * opacity) << 24 : 0;
    const x0 = Math.max(0, left);
    const x1 = Math.min(width, right);
    const y1 = Math.min(this.height, bottom);
    for (let y = Math.max(0, top); y < y1; y++) {
      const row = ((y - top) % side) * side;
      let column = (x0 - left) % side;
      let index = y * width + x0;
      for (const end = y * width + x1; index < end; index++) {
        target[index] = ((words[row + column] ?? 0) & kept) | added;
        column += 1;
        if (column === side) column = 0;
      }
    }
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
    const alpha = Math.round(255 * opacity);
    const rounded = Math.min(insets.length, Math.floor((bottom - top) / 2));
    this.fill(left, top + rounded, right, bottom - rounded, tile, opacity);
    for (let row = 0; row < rounded; row++) {
      const inset = insets[row] ?? 0;
      const whole = Math.ceil(inset);
      for (const y of [top + row, bottom - 1 - row]) {
        this.fill(left + whole, y, right - whole, y + 1, tile, opacity);
        if (whole === inset) continue;
        const edge = withAlpha(tile.words[0] ?? 0, Math.round(alpha * (whole - inset)));
        this.soften(left + whole - 1, y, edge);
        this.soften(right - whole, y, edge);
      }
    }
  }

  outline(
    left: number,
    top: number,
    right: number,
    bottom: number,
    word: number,
    dash: number,
  ): void {
    for (let x = left; x < right; x += 2 * dash) {
      const end = Math.min(x + dash, right);
      this.across(x, end, top, word);
      this.across(x, end, bottom - 1, word);
    }
    for (let y = top; y < bottom - 1; y += 2 * dash) {
      const [first, end] = [Math.max(y, top + 1), Math.min(y + dash, bottom - 1)];
      this.down(left, first, end, word);
      this.down(right - 1, first, end, word);
    }
  }

  shade(left: number, top: number, right: number, bottom: number, opacity: number): void {
    const target = this.words;
    const kept = 256 - Math.round(256 * opacity);
    const veil = Math.round(255 * opacity) << 24;
    const [x0, x1] = [Math.max(0, left), Math.min(this.width, right)];
    for (let y = Math.max(0, top); y < Math.min(this.height, bottom); y++) {
      for (let index = y * this.width + x0; index < y * this.width + x1; index++) {
        const word = target[index] ?? 0;
        if ((word & 0xffffff) === 0) {
          target[index] = Math.max(word, veil >>> 0);
          continue;
        }
        const b = (((word >>> 16) & 255) * kept) >> 8;
        const g = (((word >>> 8) & 255) * kept) >> 8;
        const r = ((word & 255) * kept) >> 8;
        target[index] = (word & 0xff000000) | (b << 16) | (g << 8) | r;
      }
    }
  }

  stamp(left: number, top: number, { columns, rows, words }: Stamp): void {
    const target = this.words;
    const [x0, x1] = [Math.max(0, left), Math.min(this.width, left + columns)];
    const y1 = Math.min(this.height, top + rows);
    for (let y = Math.max(0, top); y < y1; y++) {
      let from = (y - top) * columns + x0 - left;
      let index = y * this.width + x0;
      for (const end = y * this.width + x1; index < end; index++, from++) {
        const over = words[from] ?? 0;
        const alpha = over >>> 24;
        if (alpha > 0)
          target[index] = alpha === 255 ? over : mixed(target[index] ?? 0, over, alpha);
      }
    }
  }

  /** A pixel on a cell's edge, where no other cell is under it. */
  private soften(x: number, y: number, word: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const index = y * this.width + x;
    if (this.words[index] === 0) this.words[index] = word;
  }

  /** The pixels of a row from one to before another. */
  private across(left: number, right: number, y: number, word: number): void {
    if (y < 0 || y >= this.height) return;
    const row = y * this.width;
    const end = row + Math.min(this.width, right);
    for (let index = row + Math.max(0, left); index < end; index++) this.words[index] = word;
  }

  /** Those of a column. */
  private down(x: number, top: number, bottom: number, word: number): void {
    if (x < 0 || x >= this.width) return;
    const end = Math.min(this.height, bottom);
    for (let y = Math.max(0, top); y < end; y++) this.words[y * this.width + x] = word;
  }
}

/** The insets that round a rectangle's corners by `radius` pixels. */
export function roundedInsets(radius: number): number[] {
  return Array.from({ length: Math.ceil(radius) }, (_, row) => {
    const below = radius - row - 0.5;
    return radius - Math.sqrt(Math.max(0, radius * radius - below * below));
  });
}

/** One pixel over another, `alpha` of 255 of it. */
function mixed(under: number, over: number, alpha: number): number {
  const kept = 255 - alpha;
  const channel = (shift: number) =>
    Math.round((((under >>> shift) & 255) * kept + ((over >>> shift) & 255) * alpha) / 255) <<
    shift;
  return withAlpha(channel(0) | channel(8) | channel(16), Math.max(under >>> 24, alpha));
}

function withAlpha(word: number, alpha: number): number {
  return ((word & 0xffffff) | (alpha << 24)) >>> 0;
}

/** A CSS colour as a pixel, with `colourOf` as its way back. */
export function wordOf(colour: string, opacity = 1): number {
  const { r, g, b } = rgb(colour);
  return withAlpha((b << 16) | (g << 8) | r, Math.round(255 * opacity));
}

/** The CSS colour of a pixel. */
export function colourOf(word: number): string {
  const [r, g, b, alpha] = [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24];
  return rgb(r, g, b, Math.round((100 * alpha) / 255) / 100).formatRgb();
}
