import { sum } from '../../base/numbers.ts';
import type { Size } from '../../picture/size.ts';

/** Where the parts of a picture stand, in CSS pixels: rows of panels, and the caption under them. */
export interface Composition {
  readonly size: Size;
  /** Row by row, where each panel's top left corner is. */
  readonly rows: readonly (readonly Spot[])[];
  /** What is said under each panel of the first row: where its first line stands. */
  readonly captions: readonly Spot[];
  /** Where the first line of the source stands; one line each. */
  readonly source: Spot;
  readonly lines: readonly string[];
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

const MARGIN = 20;
const GAP = 16;
/** Baselines under what they are about. */
const CAPTION = 24;
export const CAPTION_LINE = 19;
export const SOURCE_LINE = 16;
/** The width of a letter of the source's type, at least. */
const LETTER = 6.7;

/** Lays out rows of panels, a caption of two lines a panel of the first row, and the source in letters. */
export function compose(rows: readonly (readonly Size[])[], source: string): Composition {
  const widthOf = (row: readonly Size[]) =>
    sum(row.map(({ width }) => width)) + GAP * (row.length - 1);
  const inner = Math.max(...rows.map(widthOf));
  let y = MARGIN;
  const placed = rows.map((row) => {
    let x = MARGIN;
    const spots = row.map(({ width }) => {
      const spot = { x, y };
      x += width + GAP;
      return spot;
    });
    y += Math.max(...row.map(({ height }) => height)) + GAP;
    return spots;
  });
  const first = y - GAP + CAPTION;
  const captions = (placed[0] ?? []).map(({ x }) => ({ x, y: first }));
  const lines = wrapped(source, Math.max(20, Math.floor(inner / LETTER)));
  const last = first + CAPTION_LINE + SOURCE_LINE + 6;
  const height = last + (lines.length - 1) * SOURCE_LINE + MARGIN - 4;
  return {
    size: { width: Math.ceil(inner + 2 * MARGIN), height: Math.ceil(height) },
    rows: placed,
    captions,
    source: { x: MARGIN, y: last },
    lines,
  };
}

/** A text in lines of so many letters at most: broken where an address may be, else anywhere. */
function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > letters) {
    const cut = Math.max(rest.lastIndexOf('&', letters), rest.lastIndexOf(' ', letters));
    const length = cut > letters / 2 ? cut : letters;
    lines.push(rest.slice(0, length));
    rest = rest.slice(length).trimStart();
  }
  return [...lines, rest];
}
