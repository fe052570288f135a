import { select, type ZoomTransform } from 'd3';
import { finish, type Steps } from '../../base/steps.ts';
import type { Panel } from '../../export/panels.ts';
import { drawSvg } from '../../picture/draw-svg.ts';
import { type Easel, screenEasel } from '../../picture/easel.ts';
import type { Size } from '../../picture/size.ts';
import type { Cursor } from '../../store/playback.ts';
import { pixelRatioOf, zoomOf } from '../css-zoom.ts';
import { createDrawing } from '../in-frames.ts';
import { onLookChange } from '../look-changes.ts';
import { nextFrame } from '../next-frame.ts';
import type { StageBase } from './beside.ts';
import { keepCards, paintStage } from './draw-stage.ts';
import { extentsByTick } from './extents.ts';
import { zoomed } from './geometry.ts';
import type { StageLayout } from './layout.ts';
import { transformOf } from './nearness.ts';
import type { Scheme } from './palette.ts';
import { type Scene, sceneFor } from './scene.ts';
import { type Seen, seenAt } from './seen.ts';
import type { StageSource, StageView } from './source.ts';
import { createHands } from './stage-hands.ts';

/**
 * Owns the stage's pixels. An SVG carries the cards and their words, a canvas above it the cells.
 * React gives it the elements and, in the end, calls `destroy`; in between it listens to its source
 * and to its hands, and paints at most once a frame, and only what the cursor says. What does not fit in
 * a frame is painted in turns; until the last one what was painted before is seen.
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

/**
 * Draws what `source` shows into `svg` (frames and words) and `canvas` (cells), which fill `host`. It
 * follows the size of the host and the colour scheme until it is destroyed.
 */
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
  let size: Size = { width: 0, height: 0 };
  let scene: Scene | null = null;
  let easel = screenEasel(context, pixelRatioOf(canvas));
  // Asked once: an answer has the browser lay out all that has changed, in the middle of a frame.
  let cssZoom = zoomOf(canvas);
  let near: Near | null = null;
  let painted: StageView | null = null;
  /** Whether something else is to be painted than what is being painted. */
  let behind = false;
  const frame = nextFrame(paint);
  const repaint = frame.ask;
  const drawing = createDrawing(() => source.begin?.() ?? (() => {}));
  const follow = () => {
    const view = source.read();
    if (view === null || (painted !== null && looksTheSame(view, painted))) return;
    // Of another run the verdict is read first.
    if (painted !== null && painted.shown !== view.shown) frame.askAfterWords();
    else repaint();
  };
  const schemeNow = (): Scheme => (scheme.matches ? 'dark' : 'light');
  const restyle = () => {
    easel = screenEasel(context, pixelRatioOf(canvas));
    cssZoom = zoomOf(canvas);
    drawing.leave();
    scene = null;
    repaint();
  };
  const hands = createHands(host, source, repaint);
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    size = { width, height };
    const ratio = pixelRatioOf(canvas);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    select(svg).attr('viewBox', `0 0 ${width} ${height}`);
    restyle();
  });
  observer.observe(host);
  const deafen = onLookChange(restyle);
  // Letters that were drawn before their font had come are drawn anew.
  document.fonts.addEventListener('loadingdone', restyle);
  const unsubscribe = source.subscribe(follow);

  function paint(): void {
    const view = source.read();
    if (context === null || view === null || size.width === 0 || size.height === 0) return;
    // Of the same run a drawing comes to its end first, or none would while the cursor moves.
    if (drawing.isUnderWay() && painted !== null && isSameStage(view, painted)) {
      behind = true;
      return;
    }
    painted = view;
    behind = false;
    drawing.begin(paintInSteps(context, view));
  }

  function* paintInSteps(context: CanvasRenderingContext2D, view: StageView): Steps<void> {
    const began = performance.now();
    yield* extentsByTick(view.shown.trace, view.picture);
    if (view.beside != null) yield* extentsByTick(view.beside.trace, view.picture);
    scene = sceneFor(scene, view, size, schemeNow(), easel, getComputedStyle(canvas));
    yield;
    const nearest = nearestScale(scene.base);
    const transform = hands.approach(size, cssZoom, nearest, view.nearness);
    near = nearer(near, baseAt(scene.base, view), transform);
    const { layout } = near;
    const seen = seenIn(view);
    const painting = { view, layout, size, ...seen };
    const show = yield* paintStage(context, scene, painting);
    yield;
    const pointed = hands.see({ view, layout, tick: seen.share === 0 ? seen.tick : null });
    // Cards first: a canvas asks for the style of the page, which would be reckoned again after them.
    keepCards(svg, scene, painting);
    show(pointed);
    observe?.(performance.now() - began);
    if (behind) repaint();
  }

  return {
    zoomBy: (factor) => hands.zoomBy(factor),
    zoomOut: () => hands.zoomOut(),
    panel() {
      const now = source.read();
      if (now === null || size.width === 0) return null;
      return panelOf(host, svg, now, {
        size,
        scheme: schemeNow(),
        standAt: (cursor) => source.standAt?.(cursor) ?? { cursor },
      });
    },
    destroy() {
      frame.cancel();
      drawing.leave();
      unsubscribe();
      observer.disconnect();
      hands.destroy();
      deafen();
      document.fonts.removeEventListener('loadingdone', restyle);
    },
  };
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

/** How a stage is seen: how large, and in which colours. */
interface Sight {
  readonly size: Size;
  readonly scheme: Scheme;
  /** Where it stands when the page’s cursor is elsewhere. */
  standAt(cursor: Cursor): Pick<StageView, 'cursor' | 'beside'>;
}

/** The stage of a view as a panel, which draws any moment of its run. */
function panelOf(host: HTMLElement, svg: SVGSVGElement, now: StageView, sight: Sight): Panel {
  const { size, scheme, standAt } = sight;
  let on: Easel | null = null;
  let scene: Scene | null = null;
  return {
    size,
    shown: now.shown,
    draw(easel, cursor) {
      const view = cursor === null ? now : { ...now, ...standAt(cursor), motion: true };
      scene = sceneFor(
        on === easel ? scene : null,
        view,
        size,
        scheme,
        easel,
        getComputedStyle(svg),
      );
      on = easel;
      const nearest = nearestScale(scene.base);
      const layout = zoomed(baseAt(scene.base, view), transformOf(now.nearness, size, nearest));
      const painting = { view, layout, size, ...seenIn(view) };
      const cards = svg.cloneNode(false) as SVGSVGElement;
      host.append(cards);
      keepCards(cards, scene, painting);
      drawSvg(easel.context, cards);
      cards.remove();
      finish(paintStage(easel.context, scene, painting))(null);
    },
  };
}

/** A cell can be seen this large, in CSS pixels, however many there are. */
const NEAREST_PITCH = 130;

function nearestScale({ smallest }: StageBase): number {
  return Math.max(1, NEAREST_PITCH / smallest);
}

/** The moment that a view shows. */
function seenIn({ shown: { trace }, cursor, motion }: StageView): Seen {
  return seenAt(trace, cursor, motion);
}

/** The layout of a view before any zoom. */
function baseAt(base: StageBase, { beside, motion }: StageView): StageLayout {
  return base.at(beside == null ? null : seenAt(beside.trace, beside.cursor, motion));
}
