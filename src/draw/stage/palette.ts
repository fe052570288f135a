import { hcl } from 'd3';
import { at } from '../../base/assert.ts';
import { nearlyEqual, range } from '../../base/numbers.ts';
import type { GlobalSizes } from '../../core/contract/case.ts';
import type { ColourBy } from '../../store/view.ts';

export type Scheme = 'light' | 'dark';

/**
 * The visual language of the stage: hue = the rank that owns the head between the passes, lightness
 * = which of its heads, chip (or, where there is no room for a number, hatch) = the rank that is home to
 * the sequence chunk. Swapped: hue = the home rank of the sequence chunk, chip = the rank that owns
 * the head. Beyond 16 ranks hues and hatches come again: numbers tell.
 */
export interface Palette {
  /** Colours; a look's fill is an index into them. */
  readonly fills: readonly string[];
  /** How an element looks: its fill times `HATCHES`, plus its hatch. */
  lookOf(id: number): number;
  /** The same for an element that is seen from afar: one look for all heads of a rank. */
  blockLookOf(id: number): number;
  /** The rank that the chip of an element names. */
  chipOf(id: number): number;
  /** The head of an element. */
  headOf(id: number): number;
  /** Equal for elements whose head has one owner and whose chunk has one home. */
  blockOf(id: number): number;
}

/** How many hatches there are: the second half of them with another ink. */
export const HATCHES = 16;
const SHADES = 4;
/** How much lighter or darker the next head is. */
const SHADE_STEP = 5.5;

/**
 * Hue, chroma and lightness (CIE LCh) of each rank's first head. Chosen so that the first eight stay
 * far apart to eyes without red or green cones and on a pale projector, all stand out from the card
 * (3 : 1 or more), and none is near red, which is kept for what is wrong.
 */
const COLOURS: Record<Scheme, readonly (readonly [number, number, number])[]> = {
  light: [
    [288, 58, 44],
    [180, 34, 61],
    [78, 58, 56],
    [342, 58, 38],
    [120, 46, 34],
    [252, 34, 61],
    [150, 58, 61],
    [156, 34, 34],
    [312, 58, 34],
    [216, 34, 56],
    [270, 58, 56],
    [96, 46, 44],
    [288, 46, 61],
    [132, 58, 61],
    [342, 58, 56],
    [144, 46, 44],
  ],
  dark: [
    [288, 58, 50],
    [180, 46, 74],
    [78, 58, 68],
    [342, 58, 50],
    [240, 46, 74],
    [144, 58, 50],
    [168, 34, 50],
    [150, 58, 74],
    [210, 34, 68],
    [120, 58, 50],
    [246, 34, 56],
    [270, 58, 62],
    [324, 58, 68],
    [312, 58, 44],
    [126, 58, 74],
    [156, 46, 62],
  ],
};
/** Shades go towards this lightness, so that they keep their distance from the card. */
const MIDDLE: Record<Scheme, number> = { light: 48, dark: 62 };

/**
 * Makes the palette of a call's tensor. `homes`: the sequence positions at home on each rank; `length`:
 * how many of them are tokens, behind which is padding, of no rank's hue.
 */
export function paletteOf(
  sizes: GlobalSizes,
  worldSize: number,
  homes: readonly (readonly number[])[],
  scheme: Scheme,
  by: ColourBy,
  length: number = sizes.seq,
): Palette {
  const heads = nearlyEqual(sizes.heads, worldSize).flatMap(shares);
  const positions: Share[] = [];
  homes.forEach((own, rank) => {
    for (const share of shares(own.length, rank)) positions[at(own, share.index)] = share;
  });
  const nowhere = { rank: 0, index: 0, count: 1 };
  const byHead = by === 'head';
  const partsOf = (own: readonly Share[], withHue: boolean) =>
    Uint16Array.from(own, withHue ? (share) => hueOf(share, scheme) : hatchOf);
  const placed = range(sizes.seq).map((s) => positions[s] ?? nowhere);
  const headParts = partsOf(heads, byHead);
  const positionParts = partsOf(placed, !byHead);
  const grey = COLOURS[scheme].length * SHADES * HATCHES;
  if (!byHead) positionParts.fill(grey, length);
  const headRanks = Uint16Array.from(heads, ({ rank }) => rank);
  const positionRanks = Uint16Array.from(placed, ({ rank }) => rank);
  // Worked out when it is asked: a table would have millions of tokens, and few are ever looked up.
  const tokens = sizes.seq * sizes.heads;
  // `| 0`: an id is a whole number of 32 bits, and so is what is made of it. To divide others takes longer.
  const tokenOf = (id: number) => ((id / sizes.headDim) | 0) % tokens;
  const headOf = (id: number) => tokenOf(id) % sizes.heads;
  const positionOf = (id: number) => (tokenOf(id) / sizes.heads) | 0;
  const lookOf = (id: number) => {
    const position = positionOf(id);
    const head = byHead && position >= length ? grey : (headParts[headOf(id)] ?? 0);
    return head + (positionParts[position] ?? 0);
  };
  return {
    fills: FILLS[scheme],
    lookOf,
    blockLookOf(id) {
      const look = lookOf(id);
      return look - (look % (HATCHES * SHADES)) + (look % HATCHES);
    },
    chipOf: (id) => (byHead ? positionRanks[positionOf(id)] : headRanks[headOf(id)]) ?? 0,
    headOf,
    blockOf(id) {
      const position = positionOf(id);
      // Padding forms no block with tokens.
      const group = position < length ? 0 : worldSize;
      const head = headRanks[headOf(id)] ?? 0;
      return (group + head) * worldSize + (positionRanks[position] ?? 0);
    },
  };
}

/** The part of a look that its hue and its shade make. */
function hueOf(share: Share, scheme: Scheme): number {
  return ((share.rank % COLOURS[scheme].length) * SHADES + shadeOf(share)) * HATCHES;
}

/** The part of a look that its hatch makes. */
function hatchOf({ rank }: Share): number {
  return rank % HATCHES;
}

/** The colour of a rank itself, as in labels. */
export function rankColour(rank: number, scheme: Scheme): string {
  return at(FILLS[scheme], (rank % COLOURS[scheme].length) * SHADES);
}

/** What a rank has a share in: which of its `count` heads or positions. */
interface Share {
  readonly rank: number;
  readonly index: number;
  readonly count: number;
}

function shares(count: number, rank: number): Share[] {
  return Array.from({ length: count }, (_, index) => ({ rank, index, count }));
}

/** Up to four shades a rank: neighbours differ, however many there are; two differ more. */
function shadeOf({ index, count }: Share): number {
  return count === 2 ? 2 * index : index % SHADES;
}

/** How light padding is: a grey that stands out from the card as the hues do. */
const PADDING: Record<Scheme, number> = { light: 60, dark: 56 };

/** Every rank's shades, one rank's after the other's; behind them the grey of padding. */
const FILLS: Record<Scheme, readonly string[]> = { light: fillsOf('light'), dark: fillsOf('dark') };

function fillsOf(scheme: Scheme): string[] {
  return COLOURS[scheme]
    .flatMap((_, rank) => Array.from({ length: SHADES }, (__, index) => shade(rank, index, scheme)))
    .concat(hcl(0, 0, PADDING[scheme]).formatHex());
}

function shade(rank: number, index: number, scheme: Scheme): string {
  const [hue, chroma, lightness] = at(COLOURS[scheme], rank);
  const towards = lightness > MIDDLE[scheme] ? -1 : 1;
  return hcl(hue, chroma, lightness + towards * index * SHADE_STEP).formatHex();
}
