import { type ZoomTransform, zoomIdentity } from 'd3';
import type { Size } from '../../picture/size.ts';
import type { Nearness } from '../../store/view.ts';

/** How a transform of a stage of `size` is written down, to the digits that a link carries. */
export function nearnessOf(transform: ZoomTransform, size: Size): Nearness | null {
  if (transform.k <= 1 || size.width === 0 || size.height === 0) return null;
  const [x, y] = transform.invert([size.width / 2, size.height / 2]);
  return {
    scale: rounded(transform.k, 3),
    x: rounded(x / size.width, 5),
    y: rounded(y / size.height, 5),
  };
}

/** The transform of a stage of `size` that is seen so near, but no nearer than `most`. */
export function transformOf(nearness: Nearness | null, size: Size, most: number): ZoomTransform {
  if (nearness === null) return zoomIdentity;
  const k = Math.min(most, Math.max(1, nearness.scale));
  const { width, height } = size;
  return zoomIdentity
    .translate(middle(width, k, nearness.x * width), middle(height, k, nearness.y * height))
    .scale(k);
}

export function sameNearness(a: Nearness | null, b: Nearness | null): boolean {
  return a?.scale === b?.scale && a?.x === b?.x && a?.y === b?.y;
}

/** Brings `at` of the whole into the middle, as far as the whole then fills the stage. */
function middle(length: number, k: number, at: number): number {
  return Math.min(0, Math.max(length - length * k, length / 2 - at * k));
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
