import { rgb } from 'd3';

/** White or black, whichever is easier to read on a colour: 4.5 : 1 or more on any. */
export function readableOn(colour: string): string {
  const linear = (value: number) =>
    value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const { r, g, b } = rgb(colour);
  const light = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return light > 0.179 ? '#000000' : '#ffffff';
}
