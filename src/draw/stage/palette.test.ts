import { lab, type RGBColor, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { HATCHES, paletteOf, rankColour, type Scheme } from './palette.ts';
import { readableOn } from './readable.ts';

/**
 * What eyes without red (protanopia) or green cones (deuteranopia) see: Machado, Oliveira and
 * Fernandes, 2009, for linear RGB.
 */
const EYES = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const;

const linear = (value: number) =>
  value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
const encoded = (value: number) =>
  255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

function seenBy(eyes: keyof typeof EYES, colour: string): RGBColor {
  const { r, g, b } = rgb(colour);
  const [red, green, blue] = EYES[eyes].map(([x, y, z]) =>
    encoded(Math.min(1, Math.max(0, x * linear(r) + y * linear(g) + z * linear(b)))),
  );
  return rgb(red ?? 0, green ?? 0, blue ?? 0);
}

/** The distance of two colours in CIE Lab. About 2 can just be told apart side by side. */
function distance(a: RGBColor, b: RGBColor): number {
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(one.l - other.l, one.a - other.a, one.b - other.b);
}

function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const { r, g, b: blue } = rgb(colour);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(blue);
  };
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
  return ((bright ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const PANEL: Record<Scheme, string> = { light: '#ffffff', dark: '#1c1f24' };
const BAD: Record<Scheme, string> = { light: '#c92a2a', dark: '#ff8787' };
const schemes: readonly Scheme[] = ['light', 'dark'];

describe.each(schemes)('the colours of ranks (%s)', (scheme) => {
  const colours = (count: number) => range(count).map((rank) => rankColour(rank, scheme));
  const nearest = (eyes: keyof typeof EYES, count: number) => {
    const seen = colours(count).map((colour) => seenBy(eyes, colour));
    return Math.min(
      ...seen.flatMap((one, a) => seen.slice(0, a).map((other) => distance(one, other))),
    );
  };

  it.each(Object.keys(EYES) as (keyof typeof EYES)[])(
    'the first eight differ to eyes with %s',
    (eyes) => {
      expect(nearest(eyes, 8)).toBeGreaterThan(15);
    },
  );

  it.each(Object.keys(EYES) as (keyof typeof EYES)[])(
    'sixteen can be told apart by eyes with %s',
    (eyes) => {
      expect(nearest(eyes, 16)).toBeGreaterThan(9);
    },
  );

  it('none is near the red of what is wrong', () => {
    for (const colour of colours(16))
      expect(distance(rgb(colour), rgb(BAD[scheme]))).toBeGreaterThan(28);
  });

  const sizes = { batch: 1, seq: 16, heads: 64, headDim: 1 };
  const homes = range(16).map((s) => [s]);
  const palette = paletteOf(sizes, 16, homes, scheme, 'head');

  it('every shade stands out from the card, and words from every shade', () => {
    for (const fill of palette.fills) {
      expect(contrast(fill, PANEL[scheme])).toBeGreaterThanOrEqual(3);
      expect(contrast(fill, readableOn(fill))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('hue is the owner of the head, hatch the home of the chunk, and the other way round', () => {
    const swapped = paletteOf(sizes, 16, homes, scheme, 'chunk');
    const id = 3 * sizes.heads + 9; // s 3, at home on rank 3; h 9, the second head of rank 2
    expect(at(palette.fills, Math.floor(palette.lookOf(id) / HATCHES))).not.toBe(
      rankColour(2, scheme),
    );
    expect(at(palette.fills, Math.floor(palette.blockLookOf(id) / HATCHES))).toBe(
      rankColour(2, scheme),
    );
    expect(palette.lookOf(id) % HATCHES).toBe(3);
    expect(at(swapped.fills, Math.floor(swapped.lookOf(id) / HATCHES))).toBe(rankColour(3, scheme));
    expect(swapped.lookOf(id) % HATCHES).toBe(2);
  });
});
