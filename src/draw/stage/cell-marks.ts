import { gapOf, levelOf } from './geometry.ts';
import type { Box, Pitch } from './layout.ts';
import { letterWidth, TYPE } from './type.ts';

/** What is written into every cell of a stage; null for what has no room. From a cell's top left. */
export interface CellMarks {
  /** Where the number of the chunk's home rank stands. */
  readonly chip: (Box & { readonly type: number }) | null;
  /** Where the head's name stands, and the size of its letters. */
  readonly name: (Box & { readonly type: number }) | null;
}

/** How many letters a chip and a name have at most. */
export interface MarkLetters {
  readonly chip: number;
  readonly name: number;
}

/** A chip around its number, and what is left free between it and the border of its cell. */
const CHIP = { x: 3.5, y: 1.5, away: 3 };
/** A cell as high as this many chips has its chip in a corner, lower ones at the side. */
const CORNER_FROM = 2;
/** A plate this high, in parts of its type, shows a digit. */
const LOWEST = 0.85;
/** How much of its cell a chip covers at most. */
const LARGEST_SHARE = 0.5;
/** Names are not written larger than this, nor into lower cells. */
const NAME = { largest: 18, from: 26 };

/**
 * What cells of that pitch have room for, all of them alike. `type` is the size of the stage's
 * letters, in CSS pixels.
 */
export function cellMarksFor(pitch: Pitch, type: number, letters: MarkLetters): CellMarks {
  if (levelOf(pitch) !== 'cells') return { chip: null, name: null };
  const width = pitch.x - gapOf(pitch.x);
  const height = pitch.y - gapOf(pitch.y);
  const chip = chipIn(width, height, type, letters.chip);
  if (chip === null) return { chip, name: null };
  return { chip, name: nameIn(width, height, type, letters.name, chip) };
}

/** Where a number of so many letters stands in a cell, or a block, of that size; null for no room. */
export function chipIn(
  width: number,
  height: number,
  wanted: number,
  letters: number,
): CellMarks['chip'] {
  // Digits are lower than their type: a lower plate still shows all of them.
  const type = Math.max(TYPE, Math.min(wanted, height + 1));
  const high = Math.floor(Math.min(type + 2 * CHIP.y, height));
  if (high < LOWEST * type) return null;
  const wide = Math.round(letters * letterWidth(type) + 2 * CHIP.x);
  if (wide + 2 > width) return null;
  // The hue of the cell is to be seen first.
  if (wide * high > LARGEST_SHARE * width * height) return null;
  const x = Math.max(1, Math.min(CHIP.away, (width - wide) / 2));
  const y = height >= CORNER_FROM * high ? CHIP.away : (height - high) / 2;
  return { type, width: wide, height: high, x, y };
}

function nameIn(width: number, height: number, least: number, letters: number, chip: Box) {
  if (height < NAME.from) return null;
  const wide = letters * letterWidth(1);
  const beside = width - 2 * (chip.x + chip.width + 2);
  const below = height - 2 * (chip.y + chip.height);
  // In the middle of the cell, beside its chip or below it.
  for (const [free, most] of [
    [beside, height - 4],
    [width - 4, below - 2],
  ] as const) {
    const type = Math.floor(Math.min(NAME.largest, free / wide, most));
    if (type < least) continue;
    const size = { width: Math.ceil(wide * type), height: type + 3 };
    return { ...size, x: (width - size.width) / 2, y: (height - size.height) / 2, type };
  }
  return null;
}
