import type { MarkForm } from '../../trace/mark-forms.ts';

/** Between the marks of two ticks, in CSS pixels, and at most which share of a tick. */
const GAP = { most: 5, share: 0.2 };
/** The share of its tick that a landing takes, behind the arrows of what lands; no wider than this. */
const LANDING = { share: 0.4, most: 12 };
/** Where a call begins or returns there is nothing to be written. */
const EDGE = 9;
const TALLEST = 58;
/** The height of a mark with one line of words, and of one without. */
const LINE = { tallest: 24, least: 15, gap: 4 };
const PLAIN = { tallest: 14, share: 0.62 };

/** Where a mark stands within a tick that is `width` wide, from its left, in CSS pixels. */
export function markIn(
  form: MarkForm,
  width: number,
): { readonly from: number; readonly width: number } {
  const gap = Math.min(GAP.most, width * GAP.share);
  const whole = Math.max(1, width - gap);
  if (form === 'landing') {
    const own = Math.max(1, Math.min(LANDING.most, width * LANDING.share));
    return { from: width - gap / 2 - own, width: own };
  }
  const own = form === 'edge' ? Math.min(EDGE, whole) : whole;
  return { from: (width - own) / 2, width: own };
}

/** The height of a mark on a lane (or on lanes that share it) of that height, in CSS pixels. */
export function markHeight(laneHeight: number, lines: number): number {
  if (laneHeight < 6) return Math.max(1, laneHeight * 0.8);
  if (lines === 0) return Math.min(PLAIN.tallest, laneHeight * PLAIN.share);
  return Math.min(lines === 1 ? LINE.tallest : TALLEST, laneHeight - LINE.gap);
}

/** From this width of a tick on its marks say more than a name, in as many lines as they have room for. */
const WIDE = 150;

/** How many lines of words a mark has room for in ticks and lanes of that size. */
export function linesIn(pitch: number, laneHeight: number): number {
  if (laneHeight < LINE.least) return 0;
  if (pitch < WIDE) return 1;
  return Math.max(1, Math.floor((Math.min(TALLEST, laneHeight - LINE.gap) - 2) / LINE_HEIGHT));
}

/** Lines of words stand this far apart, in CSS pixels. */
export const LINE_HEIGHT = 14;
