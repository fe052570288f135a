import { rgb } from 'd3';
import { at } from '../base/assert.ts';
import type { Canvas2d } from './canvas-2d.ts';

/**
 * Hatches tell the second dimension apart where hue tells the first: none, then lines at four
 * angles, then dotted, crossed and dense ones.
 */
export const TILE = 6;
/** The width of a hatch's lines, in CSS pixels, as `TILE`. */
export const HATCH_LINE = 1.3;

type Drawing = (context: Canvas2d) => void;

const line =
  (...segments: readonly (readonly [number, number, number, number])[]): Drawing =>
  (context) => {
    context.beginPath();
    for (const [x1, y1, x2, y2] of segments) {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
    context.stroke();
  };

const dot: Drawing = (context) => {
  context.beginPath();
  context.arc(TILE / 2, TILE / 2, 1.2, 0, 2 * Math.PI);
  context.fill();
};

const RISING = [
  [-1, 1, 1, -1],
  [-1, TILE + 1, TILE + 1, -1],
  [TILE - 1, TILE + 1, TILE + 1, TILE - 1],
] as const;
const FALLING = [
  [-1, TILE - 1, 1, TILE + 1],
  [-1, -1, TILE + 1, TILE + 1],
  [TILE - 1, -1, TILE + 1, 1],
] as const;
const LEVEL = [0, TILE / 2, TILE, TILE / 2] as const;
const UPRIGHT = [TILE / 2, 0, TILE / 2, TILE] as const;

const DRAWINGS: readonly (Drawing | null)[] = [
  null,
  line(...RISING),
  line(LEVEL),
  line(...FALLING),
  line(UPRIGHT),
  dot,
  line(...RISING, ...FALLING),
  line(LEVEL, UPRIGHT),
  line([0, TILE / 4, TILE, TILE / 4], [0, (3 * TILE) / 4, TILE, (3 * TILE) / 4]),
];

/** The hatches of lines that rise, and of crossed ones. */
export const RISEN = 1;
export const CROSSED = 6;

/** Draws a hatch once, within `TILE` by `TILE`; ink and line are the context's. */
export function drawHatch(context: Canvas2d, hatch: number): void {
  at(DRAWINGS, hatch)?.(context);
}

/** How a tile looks, for whoever draws it with lines: a hatch of `ink` over `fill`, if any. */
export interface TileLook {
  readonly fill: string | null;
  readonly ink: string;
  readonly hatch: number;
}

/** A square of pixels that is repeated over a cell. */
export interface Tile extends TileLook {
  /** Its side, in pixels. */
  readonly side: number;
  /** Row by row, as `Surface` keeps pixels. */
  readonly words: Uint32Array;
}

const masks = new Map<string, readonly Tile[]>();

/** The lines of every hatch alone, drawn with `ink`, at this pixel ratio: drawn once. */
export function hatchMasks(ink: string, pixelRatio: number): readonly Tile[] {
  const key = `${ink} ${pixelRatio}`;
  const known = masks.get(key) ?? drawnMasks(ink, pixelRatio);
  masks.set(key, known);
  return known;
}

function drawnMasks(ink: string, pixelRatio: number): readonly Tile[] {
  return DRAWINGS.map((_, hatch) => {
    const pen = drawnTile(hatch, ink, pixelRatio);
    const side = pen.canvas.width;
    return {
      fill: null,
      ink,
      hatch,
      side,
      words: new Uint32Array(pen.getImageData(0, 0, side, side).data.buffer),
    };
  });
}

/** Rising lines of `ink` on nothing, as a canvas fills with them; `ink` itself where it cannot. */
export function risingLines(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  ink: string,
  pixelRatio: number,
): CanvasPattern | string {
  const tile = drawnTile(RISEN, ink, pixelRatio);
  const pattern = context.createPattern(tile.canvas, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / pixelRatio));
  return pattern ?? ink;
}

function drawnTile(hatch: number, ink: string, pixelRatio: number) {
  const side = Math.max(1, Math.round(TILE * pixelRatio));
  const pen = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('invariant broken: a browser that has canvases draws on them');
  pen.scale(side / TILE, side / TILE);
  pen.strokeStyle = pen.fillStyle = ink;
  pen.lineWidth = HATCH_LINE;
  drawHatch(pen, hatch);
  return pen;
}

/** A tile of a colour under the lines of a hatch. */
export function hatchedTile(fill: string, { ink, hatch, side, words }: Tile): Tile {
  const { r, g, b } = rgb(fill);
  const mixed = (under: number, over: number, alpha: number) =>
    Math.round(under + ((over - under) * alpha) / 255);
  return {
    fill,
    ink,
    hatch,
    side,
    words: words.map((word) => {
      const alpha = word >>> 24;
      const red = mixed(r, word & 255, alpha);
      const green = mixed(g, (word >>> 8) & 255, alpha);
      const blue = mixed(b, (word >>> 16) & 255, alpha);
      return (255 << 24) | (blue << 16) | (green << 8) | red;
    }),
  };
}
