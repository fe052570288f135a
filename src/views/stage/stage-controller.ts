import { select, timer } from 'd3';
import { paintStage, seenAt } from './draw-stage.ts';
import { zoomed } from './geometry.ts';
import type { Extent, StageLayout } from './layout.ts';
import { type Scene, sceneFor } from './scene.ts';
import type { StageSource } from './source.ts';
import { createHands } from './stage-hands.ts';

/**
 * Owns the stage's pixels. An SVG carries the cards and their words, a canvas above it the cells.
 * React gives it the elements and, in the end, calls `destroy`; in between it listens to its source
 * and to its hands, and paints at most once a frame, and only what the cursor says.
 */
export interface StageController {
  /** Nearer by a factor, or, below 1, farther. */
  zoomBy(factor: number): void;
  /** The whole stage. */
  zoomOut(): void;
  destroy(): void;
}

/** Hears, after each frame, how long its making took: for the benchmark. */
export type FrameObserver = (milliseconds: number) => void;

export function createStageController(
  host: HTMLElement,
  svg: SVGSVGElement,
  canvas: HTMLCanvasElement,
  source: StageSource,
  observe?: FrameObserver,
): StageController {
  const context = canvas.getContext('2d');
  if (context === null) return { zoomBy() {}, zoomOut() {}, destroy() {} };
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  let size: Extent = { width: 0, height: 0 };
  let scene: Scene | null = null;
  let dirty = true;

  const repaint = () => {
    dirty = true;
  };
  const restyle = () => {
    scene = null;
    dirty = true;
  };
  const hands = createHands(host, source, repaint);
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    size = { width, height };
    canvas.width = Math.round(width * window.devicePixelRatio);
    canvas.height = Math.round(height * window.devicePixelRatio);
    select(svg).attr('viewBox', `0 0 ${width} ${height}`);
    restyle();
  });
  observer.observe(host);
  scheme.addEventListener('change', restyle);
  const unsubscribe = source.subscribe(repaint);
  const clock = timer(() => {
    if (!dirty || size.width === 0 || size.height === 0) return;
    dirty = false;
    const view = source.read();
    if (view === null) return;
    const began = performance.now();
    const before = scene;
    scene = sceneFor(scene, view, size, scheme.matches ? 'dark' : 'light', canvas);
    const others = before !== null && before.base.cards.length !== scene.base.cards.length;
    if (others || (before !== null && before.picture !== scene.picture)) hands.zoomOut();
    hands.limit(size, nearestScale(scene.base));
    const seen = seenAt(view);
    const layout = zoomed(scene.base, hands.transform());
    const pointed = hands.see({ view, layout, tick: seen.share === 0 ? seen.tick : null });
    paintStage(svg, context, scene, { view, layout, size, pointed, ...seen });
    observe?.(performance.now() - began);
  });

  return {
    zoomBy: (factor) => hands.zoomBy(factor),
    zoomOut: () => hands.zoomOut(),
    destroy() {
      clock.stop();
      unsubscribe();
      observer.disconnect();
      hands.destroy();
      scheme.removeEventListener('change', restyle);
    },
  };
}

/** A cell can be seen this large, in CSS pixels, however many there are. */
const NEAREST_PITCH = 130;

function nearestScale({ pitches }: StageLayout): number {
  return Math.max(1, ...pitches.map(({ x, y }) => NEAREST_PITCH / Math.min(x, y)));
}
