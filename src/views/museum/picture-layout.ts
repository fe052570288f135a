import { at } from '../../base/assert.ts';
import { repeated } from '../../base/numbers.ts';
import type { Size } from '../../picture/size.ts';
import type { Tick } from '../../trace/trace.ts';
import type { Frame } from '../stage/frame.ts';
import { type Box, cardsFor, pitchFor, type StageLayout } from '../stage/layout.ts';

/** Cards lower than this, in CSS pixels, have their rank's number beside their cells. */
const LOW = 46;
const INSIDE = { x: 10, top: 22, bottom: 9 };
const LOW_INSIDE = { left: 24, y: 4, right: 5 };

/** Where a picture's ranks stand and how large their cells are, at one tick. */
export function layoutPicture(frame: Frame, tick: Tick, size: Size): StageLayout {
  const extent = {
    width: Math.max(1, ...frame.map(({ width }) => width)),
    height: Math.max(1, ...frame.map(({ height }) => height)),
  };
  const cards = cardsFor(frame.length, [extent], size, insideOf);
  const insides = cards.map(insideOf);
  // A long sequence is a stripe, however thin its rows.
  const pitch = pitchFor(extent, at(insides, 0), Number.POSITIVE_INFINITY);
  return { small: true, cards, insides, pitches: repeated(pitch, tick + 1), fields: [] };
}

/** Whether a card has no room for words above its cells. */
export function isLow({ height }: Box): boolean {
  return height < LOW;
}

function insideOf(card: Box): Box {
  const [left, right, top, bottom] = isLow(card)
    ? [LOW_INSIDE.left, LOW_INSIDE.right, LOW_INSIDE.y, LOW_INSIDE.y]
    : [INSIDE.x, INSIDE.x, INSIDE.top, INSIDE.bottom];
  return {
    x: card.x + left,
    y: card.y + top,
    width: Math.max(1, card.width - left - right),
    height: Math.max(1, card.height - top - bottom),
  };
}
