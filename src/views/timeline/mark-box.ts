import type { MarkForm } from './mark-form.ts';

/** The share of a tick's width that a mark takes where ticks are narrow. */
const SHARES: Record<MarkForm, number> = {
  view: 0.45,
  copy: 0.75,
  attention: 0.85,
  offer: 0.6,
  landing: 0.6,
  decision: 0.5,
  edge: 0.16,
  fault: 0.6,
};

/** From this width of a tick on, marks begin to grow into it, to make room for words. */
const NARROW = 48;
/** From this one on they fill it, but for a gap. */
const WIDE = 96;
const GAP = 4;
/** Around a collective's marks, where messages leave and land, the gap is wider: for arrows. */
const MESSAGE_GAP = 28;
const TALLEST = 58;

/** The width of a mark in a tick that is `pitch` wide, in CSS pixels. */
export function markWidth(form: MarkForm, pitch: number): number {
  const narrow = Math.max(1, pitch * SHARES[form]);
  if (pitch <= NARROW) return narrow;
  const grown = Math.min(1, (pitch - NARROW) / (WIDE - NARROW));
  const gap = form === 'offer' || form === 'landing' ? MESSAGE_GAP : GAP;
  return narrow + (pitch - gap - narrow) * grown;
}

/** The height of a mark on a lane (or on lanes that share it) of that height, in CSS pixels. */
export function markHeight(laneHeight: number, hasWords: boolean): number {
  if (laneHeight < 6) return Math.max(1, laneHeight * 0.8);
  return Math.min(TALLEST, hasWords ? laneHeight - 3 : Math.min(14, laneHeight * 0.62));
}

/** Whether marks on ticks and lanes of that size have room for words. */
export function hasRoomForWords(pitch: number, laneHeight: number): boolean {
  return pitch >= WIDE && laneHeight >= 15;
}
