import { select, type ZoomTransform } from 'd3';
import type { Size } from '../../picture/size.ts';
import type { Panel } from '../../store/panel.ts';
import { createCanvasController } from '../canvas/canvas-controller.ts';
import { baseAt, nearestScale, seenIn } from './beside.ts';
import { keepCards, paintStage } from './draw-stage.ts';
import { extentsByTick } from './extents.ts';
import { zoomed } from './geometry.ts';
import type { StageLayout } from './layout.ts';
import type { Scheme } from './palette.ts';
import { type Scene, sceneFor } from './scene.ts';
import { hitIn, type Sight, type StageHit, sightOf } from './sight.ts';
import type { StageSource, StageView } from './source.ts';
import { createHands } from './stage-hands.ts';
import { panelOf } from './stage-panel.ts';

/**
 * Owns the stage's pixels. An SVG carries the cards and their words, a canvas above it the cells.
 * React gives it the elements and, in the end, calls `destroy`; in between it paints only what the
 * cursor says.
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

/** What is kept from frame to frame. */
interface Kept {
  scene: Scene | null;
  near: Near | null;
  /** What is painted, or being painted. */
  view: StageView | null;
  began: number;
}

/**
 * Draws what `source` shows into `svg` (frames and words) and `canvas` (cells), which fill `host`, until
 * it is destroyed.
 */
export function createStageController(
  host: HTMLElement,
  svg: SVGSVGElement,
  node: HTMLCanvasElement,
  source: StageSource,
  observe?: FrameObserver,
): StageController {
  const kept: Kept = { scene: null, near: null, view: null, began: 0 };
  const hands = createHands(host, source, () => canvas);
  const canvas = createCanvasController<Sight, StageHit>({
    host,
    canvas: node,
    source,
    follow() {
      const view = source.read();
      if (view === null || (kept.view !== null && looksTheSame(view, kept.view))) return null;
      // Of another run the verdict is read first.
      return kept.view !== null && kept.view.shown !== view.shown ? 'after words' : 'now';
    },
    forget({ size }) {
      kept.scene = null;
      select(svg).attr('viewBox', `0 0 ${size.width} ${size.height}`);
    },
    // Of the same run a drawing comes to its end first, or none would while the cursor moves.
    goesOn() {
      const view = source.read();
      return view !== null && kept.view !== null && isSameStage(view, kept.view);
    },
    *prepare() {
      const view = source.read();
      if (view === null) return;
      kept.view = view;
      kept.began = performance.now();
      yield* extentsByTick(view.shown.trace, view.picture);
      if (view.beside != null) yield* extentsByTick(view.beside.trace, view.picture);
    },
    layout(screen) {
      const { view } = kept;
      if (view === null || source.read() === null || isEmpty(screen.size)) return null;
      const style = getComputedStyle(node);
      kept.scene = sceneFor(kept.scene, view, screen.size, schemeNow(), screen.easel, style);
      const { base } = kept.scene;
      const transform = hands.approach(screen, nearestScale(base), view.nearness);
      kept.near = nearer(kept.near, baseAt(base, view), transform);
      return sightOf(kept.scene, view, kept.near.layout);
    },
    *paint({ context, size }, sight) {
      const { scene, view, layout } = sight;
      const painting = { view, layout, size, ...seenIn(view) };
      const show = yield* paintStage(context, scene, painting);
      yield;
      return () => {
        const pointed = hands.see(sight);
        // Cards first: a canvas asks for the style of the page, which would be reckoned again after them.
        keepCards(svg, scene, painting);
        show(pointed);
        observe?.(performance.now() - kept.began);
      };
    },
    hit: hitIn,
    gestures: () => hands.gestures,
  });

  return {
    zoomBy: hands.zoomBy,
    zoomOut: hands.zoomOut,
    panel() {
      const now = source.read();
      const { size } = canvas.screen();
      if (now === null || isEmpty(size)) return null;
      return panelOf(host, svg, now, {
        size,
        scheme: schemeNow(),
        standAt: (cursor) => source.standAt?.(cursor) ?? { cursor },
      });
    },
    destroy: canvas.destroy,
  };
}

function schemeNow(): Scheme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function isEmpty({ width, height }: Size): boolean {
  return width === 0 || height === 0;
}

/** A layout as it is zoomed. What is kept from frame to frame hangs on its being the same object. */
interface Near {
  readonly base: StageLayout;
  readonly transform: ZoomTransform;
  readonly layout: StageLayout;
}

function nearer(known: Near | null, base: StageLayout, transform: ZoomTransform): Near {
  const same = known?.base === base && String(known.transform) === String(transform);
  return same ? known : { base, transform, layout: zoomed(base, transform) };
}

/** Whether two views differ in nothing that the stage is laid out by. */
function isSameStage(a: StageView, b: StageView): boolean {
  return a.shown === b.shown && a.beside?.trace === b.beside?.trace && a.picture === b.picture;
}

/** Whether two views come to the same picture. */
function looksTheSame(a: StageView, b: StageView): boolean {
  return (
    isSameStage(a, b) &&
    a.cursor === b.cursor &&
    a.beside?.cursor === b.beside?.cursor &&
    a.colourBy === b.colourBy &&
    a.nearness === b.nearness &&
    a.selection === b.selection &&
    a.motion === b.motion &&
    a.highlight === b.highlight &&
    a.picking?.kind === b.picking?.kind &&
    a.picking?.members === b.picking?.members
  );
}
