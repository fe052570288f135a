import type { ZoomTransform } from 'd3';
import type { Size } from '../../picture/size.ts';
import type { Field, MapExtent } from '../../workers/map/setting.ts';

/** Space for the axes' numbers, in CSS pixels. */
export const MARGIN = { left: 40, top: 30, right: 14, bottom: 14 };

/** Where the fields of a map stand, in CSS pixels: heads from left to right, SP from top to bottom. */
export interface MapLayout {
  /** The size of a field. */
  readonly width: number;
  readonly height: number;
  xOf(heads: number): number;
  yOf(sp: number): number;
  /** The field at a place; null beside the map. */
  fieldAt(x: number, y: number): Field | null;
  /** Numbers to be written along the axes, as many as there is room for. */
  readonly headTicks: readonly number[];
  readonly spTicks: readonly number[];
}

/**
 * Lays a map out in `size`, its fields within the margin zoomed and panned by `transform`. Fields
 * begin and end on multiples of `grain`, so that each device pixel belongs to one field; 0 lets them
 * lie anywhere.
 */
export function layoutMap(
  extent: MapExtent,
  size: Size,
  transform: ZoomTransform,
  grain = 0,
): MapLayout {
  const onGrain = (place: number) => (grain === 0 ? place : Math.round(place / grain) * grain);
  const inner = {
    width: Math.max(1, size.width - MARGIN.left - MARGIN.right),
    height: Math.max(1, size.height - MARGIN.top - MARGIN.bottom),
  };
  const width = (inner.width / extent.heads) * transform.k;
  const height = (inner.height / extent.sp) * transform.k;
  const xOf = (heads: number) => onGrain(MARGIN.left + (heads - 1) * width + transform.x);
  const yOf = (sp: number) => onGrain(MARGIN.top + (sp - 1) * height + transform.y);
  return {
    width,
    height,
    xOf,
    yOf,
    fieldAt(x, y) {
      if (x < MARGIN.left || y < MARGIN.top) return null;
      const heads = Math.floor((x - xOf(1)) / width) + 1;
      const sp = Math.floor((y - yOf(1)) / height) + 1;
      const inside = heads >= 1 && heads <= extent.heads && sp >= 1 && sp <= extent.sp;
      return inside ? { heads, sp } : null;
    },
    headTicks: ticks(extent.heads, width, 26),
    spTicks: ticks(extent.sp, height, 16),
  };
}

/** 1 and the multiples of a power of two that stand at least `room` pixels apart. */
function ticks(count: number, pitch: number, room: number): number[] {
  let step = 1;
  while (step * pitch < room && step < count) step *= 2;
  const multiples = Array.from({ length: Math.floor(count / step) }, (_, i) => (i + 1) * step);
  return step === 1 ? multiples : [1, ...multiples];
}
