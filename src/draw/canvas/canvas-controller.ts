import { assert } from '../../base/assert.ts';
import type { Steps } from '../../base/steps.ts';
import { type Easel, screenEasel } from '../../picture/easel.ts';
import type { Size } from '../../picture/size.ts';
import { pixelRatioOf, zoomOf } from './css-zoom.ts';
import { type Gestures, listenFor, type Point } from './gestures.ts';
import { createDrawing } from './in-frames.ts';
import { onLookChange } from './look-changes.ts';
import { nextFrame } from './next-frame.ts';

/** A canvas on the screen, as whoever paints it finds it; another object once anything of it changed. */
export interface Screen {
  readonly context: CanvasRenderingContext2D;
  readonly easel: Easel;
  /** In CSS pixels of the host, which the canvas fills. */
  readonly size: Size;
  /** How much larger the window has it. */
  readonly cssZoom: number;
}

/** When to paint: in the next frame, or once the page's words have been painted. */
export type When = 'now' | 'after words';

/** What one canvas differs in from another. */
export interface CanvasPlan<Layout, Hit> {
  readonly host: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly source: {
    subscribe(listener: () => void): () => void;
    /** Says that something is being done until what it gives is called; where it matters to anyone. */
    begin?(): () => void;
  };
  /** Takes in what the source says now; when to paint for it, null where it comes to the same. */
  follow(): When | null;
  /** Colours, letters or the screen itself have changed: what was made with them is to be made anew. */
  forget(screen: Screen): void;
  /** Works out, and keeps, what a layout asks for and takes long. */
  prepare?(): Steps<void>;
  /** Where everything stands now; null before there is anything, or any room for it. */
  layout(screen: Screen): Layout | null;
  /** Paints it; what is seen may change only in the answer, which is called at once. */
  paint(screen: Screen, layout: Layout): Steps<() => void>;
  /** Whether what is being painted is to come to its end before anything else is. */
  goesOn?(): boolean;
  /** What lies at a point of what is seen; null where nothing does. */
  hit(layout: Layout, at: Point): Hit | null;
  gestures(canvas: CanvasController<Layout, Hit>): Gestures;
}

export interface CanvasController<Layout, Hit> {
  /** Paints anew, at most once a frame, however often it is asked for. */
  repaint(): void;
  screen(): Screen;
  /** The layout that is seen; null before anything is. */
  seen(): Layout | null;
  hitAt(at: Point): Hit | null;
  destroy(): void;
}

/**
 * Owns what every canvas needs for as long as it is there: it follows the size of its host, the look
 * of the page and the source, hears the hands, and paints at most once a frame. What does not fit in a
 * frame is painted in turns; until the last one what was painted before is seen.
 */
export function createCanvasController<Layout, Hit>(
  plan: CanvasPlan<Layout, Hit>,
): CanvasController<Layout, Hit> {
  const { host, canvas, source } = plan;
  const context = canvas.getContext('2d');
  assert(context !== null, 'a browser that has canvases draws on them');
  const screenOf = (size: Size): Screen => ({
    context,
    easel: screenEasel(context, pixelRatioOf(canvas)),
    size,
    // Asked once: an answer has the browser lay out all that has changed, in the middle of a frame.
    cssZoom: zoomOf(canvas),
  });
  const now: Now<Layout> = {
    screen: screenOf({ width: 0, height: 0 }),
    seen: null,
    behind: false,
  };
  const drawing = createDrawing(() => source.begin?.() ?? (() => {}));
  const frame = nextFrame(() => {
    now.behind = drawing.isUnderWay() && plan.goesOn?.() === true;
    if (!now.behind) drawing.begin(paintInSteps());
  });

  function* paintInSteps(): Steps<void> {
    const { screen } = now;
    if (plan.prepare !== undefined) yield* plan.prepare();
    const layout = plan.layout(screen);
    if (layout === null) return;
    yield;
    const show = yield* plan.paint(screen, layout);
    now.seen = layout;
    show();
    if (now.behind) frame.ask();
  }

  const restyle = (size: Size) => {
    drawing.leave();
    now.screen = screenOf(size);
    plan.forget(now.screen);
    frame.ask();
  };
  const follow = () => {
    const when = plan.follow();
    if (when === 'now') frame.ask();
    else if (when === 'after words') frame.askAfterWords();
  };
  const controller: CanvasController<Layout, Hit> = {
    repaint: frame.ask,
    screen: () => now.screen,
    seen: () => now.seen,
    hitAt: (at) => now.seen && plan.hit(now.seen, at),
    destroy() {
      frame.cancel();
      drawing.leave();
      for (const end of ends) end();
    },
  };
  const ends = [
    source.subscribe(follow),
    onResize(host, (size) => {
      const ratio = pixelRatioOf(canvas);
      canvas.width = Math.round(size.width * ratio);
      canvas.height = Math.round(size.height * ratio);
      restyle(size);
    }),
    onStyle(() => restyle(now.screen.size)),
    listenFor(host, plan.gestures(controller)),
  ];
  return controller;
}

/** What changes while a canvas is there. */
interface Now<Layout> {
  screen: Screen;
  seen: Layout | null;
  /** Whether something else is to be painted than what is being painted. */
  behind: boolean;
}

function onResize(host: HTMLElement, listener: (size: Size) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    listener({ width, height });
  });
  observer.observe(host);
  return () => observer.disconnect();
}

/** Letters that were drawn before their font had come are drawn anew, as all is in another look. */
function onStyle(listener: () => void): () => void {
  const deafen = onLookChange(listener);
  document.fonts.addEventListener('loadingdone', listener);
  return () => {
    deafen();
    document.fonts.removeEventListener('loadingdone', listener);
  };
}
