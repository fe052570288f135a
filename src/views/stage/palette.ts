import { hsl } from 'd3';
import { at } from '../../base/assert.ts';
import { nearlyEqual } from '../../base/numbers.ts';
import { coordinates, type GlobalSizes } from '../../engine/case.ts';
import type { ColourBy } from '../../store/state.ts';

export type Scheme = 'light' | 'dark';

/** How a cell looks: an index into `fills` and one into the hatches. */
export interface CellLook {
  readonly fill: number;
  readonly hatch: number;
}

/**
 * The visual language of the stage: hue = the rank that owns the head between the passes, lightness
 * = which of its heads, hatch = the rank that is home to the sequence chunk. Swapped: hue = the home
 * rank of the sequence chunk, hatch = the rank that owns the head.
 */
export interface Palette {
  readonly fills: readonly string[];
  lookOf(id: number): CellLook;
}

/**
 * Hues in degrees, no two alike to colour-blind eyes at their lightness, and none near red, which is
 * kept for what is wrong.
 */
const HUES = [228, 172, 38, 318, 200, 84, 268, 140] as const;
const SHADES = 4;

export function paletteOf(
  sizes: GlobalSizes,
  worldSize: number,
  sharding: readonly (readonly number[])[],
  scheme: Scheme,
  by: ColourBy,
): Palette {
  const owners = ownerOfEach(sizes.heads, worldSize);
  const homes = new Map(sharding.flatMap((positions, rank) => positions.map((s) => [s, rank])));
  const placesAtHome = new Map(
    sharding.flatMap((positions) =>
      positions.map((s, index) => [s, { index, count: positions.length }] as const),
    ),
  );
  const fills = Array.from({ length: worldSize * SHADES }, (_, index) =>
    shade(Math.floor(index / SHADES), index % SHADES, worldSize, scheme),
  );
  return {
    fills,
    lookOf(id) {
      const { h, s } = coordinates(sizes, id);
      const head = owners[h] ?? { rank: 0, index: 0, count: 1 };
      const home = homes.get(s) ?? 0;
      if (by === 'head') {
        return { fill: head.rank * SHADES + shadeIndex(head), hatch: home };
      }
      const place = placesAtHome.get(s) ?? { index: 0, count: 1 };
      return { fill: home * SHADES + shadeIndex(place), hatch: head.rank };
    },
  };
}

/** The colour of a rank itself, as in labels. */
export function rankColour(rank: number, worldSize: number, scheme: Scheme): string {
  return shade(rank, 0, worldSize, scheme);
}

function ownerOfEach(
  heads: number,
  worldSize: number,
): { rank: number; index: number; count: number }[] {
  return nearlyEqual(heads, worldSize).flatMap((count, rank) =>
    Array.from({ length: count }, (_, index) => ({ rank, index, count })),
  );
}

/** Up to four shades a rank: neighbours differ, however many there are. */
function shadeIndex({ index, count }: { index: number; count: number }): number {
  return count <= SHADES ? index : index % SHADES;
}

function shade(rank: number, index: number, worldSize: number, scheme: Scheme): string {
  const few = worldSize <= HUES.length;
  const hue = few ? at(HUES, rank) : 30 + (290 * ((rank * 7) % worldSize)) / worldSize;
  const base = scheme === 'dark' ? 48 : 52;
  const lightness = base + index * (scheme === 'dark' ? 8 : 7.5);
  const saturation = scheme === 'dark' ? 54 : 60;
  return hsl(hue, saturation / 100, lightness / 100).formatHex();
}
