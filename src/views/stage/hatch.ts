/**
 * Hatches tell the second dimension apart where hue tells the first: none, then lines at four
 * angles, then crossed and dotted ones. Anchored to the canvas, so that cells of one chunk share one.
 */
const TILE = 6;

type Drawing = (context: CanvasRenderingContext2D) => void;

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
];

/** The fill of each hatch at this pixel ratio; null for the plain one. */
export function hatchFills(
  context: CanvasRenderingContext2D,
  ink: string,
  pixelRatio: number,
): readonly (CanvasPattern | null)[] {
  return DRAWINGS.map((draw) => {
    if (draw === null) return null;
    const tile = document.createElement('canvas');
    tile.width = tile.height = TILE * pixelRatio;
    const pen = tile.getContext('2d');
    if (pen === null) return null;
    pen.scale(pixelRatio, pixelRatio);
    pen.strokeStyle = pen.fillStyle = ink;
    pen.lineWidth = 1.3;
    draw(pen);
    const pattern = context.createPattern(tile, 'repeat');
    pattern?.setTransform(new DOMMatrix().scale(1 / pixelRatio));
    return pattern;
  });
}
