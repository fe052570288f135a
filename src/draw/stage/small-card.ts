import type { Size } from '../../picture/size.ts';

/** A size with its top left. */
type Place = Size & { readonly x: number; readonly y: number };

/** A card without room for words is filled with its cells, beside its rank's number or below it. */
const SMALL_CARD = { width: 100, height: 74 };
const NUMBER = {
  left: 5,
  digit: 6.7,
  gap: 4,
  right: 5,
  line: 17,
  beside: { width: 26, height: 14 },
  above: { height: 30 },
};
/** What is left free between the border of a small card and its cells: a share of it, and at most. */
const RIM = { share: 0.08, most: 4 };
/** The width of a ✕ beside a number. */
const SIGN = 8;

/** Whether a card has no room for words, only for its rank's number, or not even for that. */
export function isSmall({ width, height }: Size): boolean {
  return width < SMALL_CARD.width || height < SMALL_CARD.height;
}

/** Where a small card has room for its rank's number, one of `count`; null where it has none. */
export function numberPlace({ width, height }: Size, count: number): 'beside' | 'above' | null {
  const { left, right, beside, above } = NUMBER;
  const taken = numberWidth(count);
  if (width >= left + taken + beside.width && height >= beside.height) return 'beside';
  return width >= left + taken + right && height >= above.height ? 'above' : null;
}

/** The width of the longest number of `count` ranks, in CSS pixels. */
function numberWidth(count: number): number {
  return String(count - 1).length * NUMBER.digit;
}

/** In a small card, where the number and the sign of what is wrong stand: baselines, from its top left. */
export function signPlaces(
  card: Size,
  count: number,
): { readonly number: number; readonly sign: { readonly x: number; readonly y: number } | null } {
  const number = Math.min(14, card.height / 2 + 4);
  const { left, right } = NUMBER;
  if (numberPlace(card, count) === 'beside') {
    return { number, sign: card.height >= 32 ? { x: left, y: 28 } : null };
  }
  const x = card.width - right - SIGN;
  return { number, sign: x >= left + numberWidth(count) + 2 ? { x, y: number } : null };
}

/** What a small card, one of `count`, has for its cells. */
export function insideOfSmall(card: Place, count: number): Place {
  const rim = { x: rimOf(card.width), y: rimOf(card.height) };
  const place = numberPlace(card, count);
  const left = place === 'beside' ? NUMBER.left + numberWidth(count) + NUMBER.gap : rim.x;
  const right = place === 'beside' ? NUMBER.right : rim.x;
  const top = place === 'above' ? NUMBER.line : rim.y;
  return {
    x: card.x + left,
    y: card.y + top,
    width: card.width - left - right,
    height: card.height - top - rim.y,
  };
}

function rimOf(length: number): number {
  return Math.max(1, Math.min(RIM.most, RIM.share * length));
}
