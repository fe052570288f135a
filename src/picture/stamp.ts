/** How a stamp looks, for whoever draws it with lines and letters. Lengths are CSS pixels. */
export interface StampLook {
  readonly text: string;
  /** "550 11px …" */
  readonly font: string;
  readonly ink: string;
  /** The colour of the plate under the letters, and how much of it is seen; null for none. */
  readonly plate: { readonly colour: string; readonly opacity: number } | null;
  readonly width: number;
  readonly height: number;
}

/** A few letters, perhaps on a plate, as pixels that are put over a cell. */
export interface Stamp extends StampLook {
  /** In pixels. */
  readonly columns: number;
  readonly rows: number;
  /** Row by row, as `CellSurface` keeps pixels. */
  readonly words: Uint32Array;
}

/** The roundness of a plate's corners, in CSS pixels. */
export const PLATE_RADIUS = 3;

/** Draws a stamp once, at this pixel ratio. */
export function drawnStamp(look: StampLook, pixelRatio: number): Stamp {
  const columns = Math.max(1, Math.round(look.width * pixelRatio));
  const rows = Math.max(1, Math.round(look.height * pixelRatio));
  const pen = new OffscreenCanvas(columns, rows).getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('invariant broken: a browser that has canvases draws on them');
  pen.scale(columns / look.width, rows / look.height);
  const { plate } = look;
  if (plate !== null) {
    pen.globalAlpha = plate.opacity;
    pen.fillStyle = plate.colour;
    pen.beginPath();
    pen.roundRect(0, 0, look.width, look.height, PLATE_RADIUS);
    pen.fill();
    pen.globalAlpha = 1;
  }
  pen.font = look.font;
  pen.fillStyle = look.ink;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(look.text, look.width / 2, look.height / 2 + 0.5);
  const { data } = pen.getImageData(0, 0, columns, rows);
  return { ...look, columns, rows, words: new Uint32Array(data.buffer) };
}
