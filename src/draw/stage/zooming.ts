import { select, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3';
import type { Size } from '../../picture/size.ts';
import type { Nearness } from '../../store/view.ts';
import type { Box } from './layout.ts';
import { nearnessOf, sameNearness, transformOf } from './nearness.ts';

/**
 * Zooms and moves what a host shows, by wheel, pinch and drag, and when told to. Lengths are the
 * host’s own; d3 counts in the window’s, which are more where the page presents.
 */
export interface Zooming {
  /** Nearer by a factor, or, below 1, farther. */
  by(factor: number): void;
  /** The whole, at once. */
  out(): void;
  /** Until a box, as it is seen now, fills the host; back to the whole where it does already. */
  to(box: Box): void;
  /** Moves a box, as it is seen now, into sight. */
  reveal(box: Box): void;
  /**
   * The size of the host and how much larger the window has it, how near one can come, and how near
   * it is seen now; the transform of it.
   */
  see(size: Size, cssZoom: number, most: number, nearness: Nearness | null): ZoomTransform;
  destroy(): void;
}

const MILLISECONDS = 220;
/** How much of the host a box that is zoomed to fills. */
const FILLED = 0.96;
/** A box that could grow by no more than this fills the host already. */
const NEARLY = 1.15;
/** Where all boxes fill the host from the start, one comes this much nearer. */
const LEAST_STEP = 2;

export function createZooming(
  host: HTMLElement,
  motion: () => boolean,
  approach: (nearness: Nearness | null) => void,
): Zooming {
  const stage = select(host);
  let size: Size = { width: 0, height: 0 };
  let cssZoom = 1;
  let most = 1;
  let near: Nearness | null = null;
  const behaviour = zoom<HTMLElement, unknown>()
    .extent(() => [
      [0, 0],
      [size.width, size.height],
    ])
    .on('zoom', ({ transform }: { transform: ZoomTransform }) => {
      const next = nearnessOf(transform, size);
      if (!sameNearness(next, near)) approach(next);
    });
  stage.call(behaviour).on('dblclick.zoom', null);

  const inWindow = ({ x, y, width, height }: Box): Box => ({
    x: x * cssZoom,
    y: y * cssZoom,
    width: width * cssZoom,
    height: height * cssZoom,
  });
  const transform = () => transformOf(near, size, most);
  const move = (to: ZoomTransform) => {
    stage.interrupt();
    if (motion()) stage.transition().duration(MILLISECONDS).call(behaviour.transform, to);
    else stage.call(behaviour.transform, to);
  };
  const bounded = (k: number) => {
    const [least, most] = behaviour.scaleExtent();
    return Math.min(most, Math.max(least, k));
  };
  /** The point of the whole at (`x`, `y`) of it comes into the middle, `k` times as large. */
  const centre = (k: number, x: number, y: number) => {
    const { width, height } = size;
    const free = zoomIdentity.translate(width / 2 - x * k, height / 2 - y * k).scale(k);
    const whole: [[number, number], [number, number]] = [
      [0, 0],
      [width, height],
    ];
    move(behaviour.constrain()(free, whole, whole));
  };

  const out = () => {
    stage.interrupt().call(behaviour.transform, zoomIdentity);
  };

  return {
    out,
    by(factor) {
      const now = transform();
      const [x, y] = now.invert([size.width / 2, size.height / 2]);
      centre(bounded(now.k * factor), x, y);
    },
    to(seen) {
      const box = inWindow(seen);
      const now = transform();
      const fitting = FILLED * Math.min(size.width / box.width, size.height / box.height);
      if (fitting < NEARLY && now.k > 1) return move(zoomIdentity);
      const [x, y] = now.invert([box.x + box.width / 2, box.y + box.height / 2]);
      centre(bounded(now.k * Math.max(fitting, LEAST_STEP)), x, y);
    },
    reveal(seen) {
      const box = inWindow(seen);
      const inside =
        box.x >= 0 &&
        box.y >= 0 &&
        box.x + box.width <= size.width &&
        box.y + box.height <= size.height;
      if (inside) return;
      const now = transform();
      const [x, y] = now.invert([box.x + box.width / 2, box.y + box.height / 2]);
      centre(now.k, x, y);
    },
    see(now, zoomNow, nearest, nearness) {
      cssZoom = zoomNow;
      const { width, height } = inWindow({ x: 0, y: 0, ...now });
      const resized = width !== size.width || height !== size.height;
      size = { width, height };
      most = Math.max(1, nearest);
      behaviour.scaleExtent([1, most]).translateExtent([
        [0, 0],
        [size.width, size.height],
      ]);
      const byOthers = !sameNearness(nearness, near);
      near = nearness;
      // What a gesture or a transition goes on from.
      if (resized || (byOthers && !sameNearness(near, nearnessOf(zoomTransform(host), size)))) {
        stage.interrupt().call(behaviour.transform, transform());
      }
      return transformOf(near, now, most);
    },
    destroy() {
      stage.interrupt().on('.zoom', null);
    },
  };
}
