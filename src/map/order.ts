import { range } from '../base/numbers.ts';
import type { Work } from './protocol.ts';
import { type Field, fieldAt, type MapExtent, type MapSetting } from './setting.ts';

/** Fields that a Worker judges before it can be called off. */
const PORTION = 32;

/** The work of filling a map, the fields nearest to `from` first. */
export function fieldsWork(setting: MapSetting, extent: MapExtent, from: Field): Work[] {
  return portionsOf(extent, from, PORTION).map((fields) => ({
    kind: 'fields',
    setting,
    extent,
    fields,
  }));
}

/** The fields of a map, those nearest to `from` first, in portions small enough to be called off. */
export function portionsOf(extent: MapExtent, from: Field, portion: number): number[][] {
  const distance = (index: number) => {
    const { heads, sp } = fieldAt(extent, index);
    return Math.hypot(heads - from.heads, sp - from.sp);
  };
  const far = Float64Array.from(range(extent.heads * extent.sp), distance);
  const sorted = range(far.length).sort((a, b) => (far[a] ?? 0) - (far[b] ?? 0));
  return range(Math.ceil(sorted.length / portion)).map((index) =>
    sorted.slice(index * portion, (index + 1) * portion),
  );
}
