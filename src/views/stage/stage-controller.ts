import { select, timer, type ZoomTransform } from 'd3';
import type { Panel } from '../../export/panels.ts';
import { drawSvg } from '../../picture/draw-svg.ts';
import { type Easel, screenEasel } from '../../picture/easel.ts';
import { keepCards, paintStage, seenAt } from './draw-stage.ts';
import { zoomed } from './geometry.ts';
import type { Extent, StageLayout } from './layout.ts';
import type { Scheme } from './palette.ts';
import { type Scene, sceneFor } from './scene.ts';
import type { StageSource, StageView } from './source.ts';
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
  /** What is on the stage, to be drawn elsewhere; null before there is anything. */
  panel(): Panel | null;
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
  if (context === null) return { zoomBy() {}, zoomOut() {}, panel: () => null, destroy() {} };
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  let size: Extent = { width: 0, height: 0 };
  let scene: Scene | null = null;
  let easel = screenEasel(context);
  let dirty = true;

  const repaint = () => {
    dirty = true;
  };
  const schemeNow = (): Scheme => (scheme.matches ? 'dark' : 'light');
  const restyle = () => {
    easel = screenEasel(context);
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
    scene = sceneFor(scene, view, size, schemeNow(), easel, getComputedStyle(canvas));
    const others = before !== null && before.base.cards.length !== scene.base.cards.length;
    if (others || (before !== null && before.picture !== scene.picture)) hands.zoomOut();
    hands.limit(size, nearestScale(scene.base));
    const seen = seenAt(view);
    const layout = zoomed(scene.base, hands.transform());
    const pointed = hands.see({ view, layout, tick: seen.share === 0 ? seen.tick : null });
    const painting = { view, layout, size, pointed, ...seen };
    paintStage(context, scene, painting);
    keepCards(svg, scene, painting);
    observe?.(performance.now() - began);
  });

  return {
    zoomBy: (factor) => hands.zoomBy(factor),
    zoomOut: () => hands.zoomOut(),
    panel() {
      const now = source.read();
      if (now === null || size.width === 0) return null;
      const seen = { size, transform: hands.transform(), scheme: schemeNow() };
      return panelOf(host, svg, now, seen);
    },
    destroy() {
      clock.stop();
      unsubscribe();
      observer.disconnect();
      hands.destroy();
      scheme.removeEventListener('change', restyle);
    },
  };
}

/** How a stage is seen: its size, how it is zoomed, and in which colours. */
interface Sight {
  readonly size: Extent;
  readonly transform: ZoomTransform;
  readonly scheme: Scheme;
}

/** The stage of a view as a panel, which draws any moment of its run. */
function panelOf(host: HTMLElement, svg: SVGSVGElement, now: StageView, sight: Sight): Panel {
  const { size, transform, scheme } = sight;
  let on: Easel | null = null;
  let scene: Scene | null = null;
  return {
    size,
    shown: now.shown,
    draw(easel, cursor) {
      const view = cursor === null ? now : { ...now, cursor, motion: true };
      scene = sceneFor(
        on === easel ? scene : null,
        view,
        size,
        scheme,
        easel,
        getComputedStyle(svg),
      );
      on = easel;
      const layout = zoomed(scene.base, transform);
      const painting = { view, layout, size, pointed: null, ...seenAt(view) };
      const cards = svg.cloneNode(false) as SVGSVGElement;
      host.append(cards);
      keepCards(cards, scene, painting);
      drawSvg(easel.context, cards);
      cards.remove();
      paintStage(easel.context, scene, painting);
    },
  };
}

/** A cell can be seen this large, in CSS pixels, however many there are. */
const NEAREST_PITCH = 130;

function nearestScale({ pitches }: StageLayout): number {
  return Math.max(1, ...pitches.map(({ x, y }) => NEAREST_PITCH / Math.min(x, y)));
}
