import { at } from '../../base/assert.ts';
import { repeated } from '../../base/numbers.ts';
import type { Frame } from '../../draw/stage/frame.ts';
import { type Box, cardsFor, pitchFor, type StageLayout } from '../../draw/stage/layout.ts';
import type { Size } from '../../picture/size.ts';
import type { Tick } from '../../trace/trace.ts';

/** Cards lower than this, in CSS pixels, have their rank's number beside their cells. */
const LOW = 46;
const INSIDE = { x: 10, top: 22, bottom: 9 };
const LOW_INSIDE = { y: 4, right: 5 };
/** A rank's number and the sign before it, beside low cells: "✕15". */
export const LOW_NUMBER = { left: 3, letter: 6.7, gap: 4 };

/** Where a picture's ranks stand and how large their cells are, at one tick. */
export function layoutPicture(frame: Frame, tick: Tick, size: Size): StageLayout {
  const extent = {
    width: Math.max(1, ...frame.map(({ width }) => width)),
    height: Math.max(1, ...frame.map(({ height }) => height)),
  };
  const letters = 1 + String(frame.length - 1).length;
  const inner = (card: Box) => insideOf(card, letters);
  const cards = cardsFor(frame.length, [extent], size, inner);
  const insides = cards.map(inner);
  // A long sequence is a stripe, however thin its rows.
  const pitch = pitchFor(extent, at(insides, 0), Number.POSITIVE_INFINITY);
  return {
    small: true,
    footer: false,
    cards,
    insides,
    pitches: repeated(pitch, tick + 1),
    fields: [],
  };
}

/** Whether a card has no room for words above its cells. */
export function isLow({ height }: Box): boolean {
  return height < LOW;
}

function insideOf(card: Box, letters: number): Box {
  const beside = LOW_NUMBER.left + letters * LOW_NUMBER.letter + LOW_NUMBER.gap;
  const [left, right, top, bottom] = isLow(card)
    ? [beside, LOW_INSIDE.right, LOW_INSIDE.y, LOW_INSIDE.y]
    : [INSIDE.x, INSIDE.x, INSIDE.top, INSIDE.bottom];
  return {
    x: card.x + left,
    y: card.y + top,
    width: Math.max(1, card.width - left - right),
    height: Math.max(1, card.height - top - bottom),
  };
}
