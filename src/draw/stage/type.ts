/** The size of the small letters on a stage, in CSS pixels: nothing is smaller. */
export const TYPE = 11;
/** What is read from the back of a room, in pixels of the window. */
const BEFORE_AN_AUDIENCE = 16;

/** The size of letters, in CSS pixels, on a page that shows itself `scale` times as large. */
export function typeFor(scale: number): number {
  return scale > 1 ? Math.max(TYPE, Math.ceil((10 * BEFORE_AN_AUDIENCE) / scale) / 10) : TYPE;
}

/** The width of a letter of the mono type, in CSS pixels. */
export function letterWidth(type: number): number {
  return 0.605 * type;
}
