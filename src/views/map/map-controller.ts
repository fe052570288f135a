import { select, zoomIdentity } from 'd3';
import { at } from '../../base/assert.ts';
import { VERDICTS } from '../../engine/finding.ts';
import { NO_MODEL, UNKNOWN, UNMEANT } from '../../map/judge-field.ts';
import { type Field, type MapExtent, WHOLE_MAP } from '../../map/setting.ts';
import { CHANGES, differenceOf, isFull, type Sheet } from '../../map/sheet.ts';
import type { Panel } from '../../store/panel.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import { pixelRatioOf, pointIn, zoomOf } from '../css-zoom.ts';
import { onLookChange } from '../look-changes.ts';
import { nextFrame } from '../next-frame.ts';
import { createZooming } from '../stage/zooming.ts';
import { type Colours, drawKey, drawMap, type MapPicture } from './draw-map.ts';
import {
  CHANGE_LOOKS,
  type FieldLook,
  NO_MODEL_LOOK,
  UNMEANT_LOOK,
  VERDICT_LOOKS,
} from './look.ts';
import { layoutMap, MARGIN, type MapLayout } from './map-layout.ts';
import { createMapPainter } from './map-painter.ts';

/** A field can be seen this much larger than on the whole map. */
const NEAREST = 24;

export interface MapController {
  /** Zooms by a factor about the middle; 1 shows the whole map again. */
  zoomBy(factor: number): void;
  /** Points at a field, as the pointer does, and brings it into sight. */
  point(field: Field): void;
  /** What is on the map, to be drawn elsewhere; null before there is anything. */
  panel(): Panel | null;
  destroy(): void;
}

/** The map, what it is drawn on, and the part of it where the fields are: that is zoomed and panned. */
interface MapParts {
  readonly host: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly fields: HTMLElement;
}

/**
 * Owns the map's pixels: paints at most once a frame what the store's sheets say, zooms and pans, and
 * tells `onPoint` which field is pointed at and `onChoose` which one is chosen.
 */
export function createMapController(
  { host, canvas, fields }: MapParts,
  store: RankscopeStore,
  onPoint: (field: Field | null) => void,
  onChoose: (field: Field) => void,
): MapController {
  const context = canvas.getContext('2d');
  let size = { width: 0, height: 0 };
  let layout: MapLayout = layoutMap(WHOLE_MAP, { width: 1, height: 1 }, zoomIdentity);
  /** How near it was seen when it was last painted. */
  let near = zoomIdentity;
  let pointed: Field | null = null;
  /** Tells the store that all is painted, where it was told that not all is. */
  let finish: (() => void) | null = null;
  // Asked once: an answer has the browser lay out all that has changed, in the middle of a frame.
  let cssZoom = zoomOf(host);
  let ratio = pixelRatioOf(canvas);
  const frame = nextFrame(paint);
  const repaint = frame.ask;
  const readColours = (): Colours => {
    const style = getComputedStyle(canvas);
    return (name) => style.getPropertyValue(name);
  };
  const painter = context === null ? null : createMapPainter(context, readColours);
  const restyle = () => {
    cssZoom = zoomOf(host);
    ratio = pixelRatioOf(canvas);
    painter?.forget();
    repaint();
  };

  const point = (field: Field | null) => {
    if (field?.heads === pointed?.heads && field?.sp === pointed?.sp) return;
    pointed = field;
    onPoint(field);
    repaint();
  };

  const { left, top, right, bottom } = MARGIN;
  fields.style.inset = `${top}px ${right}px ${bottom}px ${left}px`;
  const zooming = createZooming(
    fields,
    () => store.getState().motion,
    (mapNearness) => store.getState().look({ mapNearness }),
  );
  const surface = select(host)
    .on('pointermove', (event: PointerEvent) => {
      const [x, y] = pointIn(event, canvas);
      point(layout.fieldAt(x, y));
    })
    .on('pointerleave', () => point(null))
    .on('click', (event: MouseEvent) => {
      const [x, y] = pointIn(event, canvas);
      const field = layout.fieldAt(x, y);
      if (field !== null) onChoose(field);
    });

  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    size = { width: entry.contentRect.width, height: entry.contentRect.height };
    restyle();
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
  });
  observer.observe(host);
  const unsubscribe = store.subscribe((now, before) => {
    if (!looksTheSame(now, before)) repaint();
  });
  const deafen = onLookChange(restyle);
  const picture = (stands: Field | null): MapPicture => {
    const { sheet, againstSheet, case: shown } = store.getState();
    return {
      extent: WHOLE_MAP,
      lookOf: lookOf(sheet, againstSheet),
      here: { heads: shown.heads, sp: shown.sp },
      pointed: stands,
    };
  };

  function paint(): void {
    if (context === null || painter === null || size.width === 0) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const within = {
      width: size.width - MARGIN.left - MARGIN.right,
      height: size.height - MARGIN.top - MARGIN.bottom,
    };
    const now = zooming.see(within, cssZoom, NEAREST, store.getState().mapNearness);
    if (now.toString() !== near.toString()) painter.forget();
    near = now;
    layout = layoutMap(WHOLE_MAP, size, near, 1 / ratio);
    const left = painter.paint(size, layout, picture(pointed));
    if (left) {
      repaint();
      finish ??= store.getState().begin();
    } else {
      finish?.();
      finish = null;
    }
  }

  return {
    zoomBy(factor) {
      if (factor === 1) zooming.out();
      else zooming.by(factor);
    },
    point(field) {
      point(field);
      const { width, height } = layout;
      const place = { x: layout.xOf(field.heads) - left, y: layout.yOf(field.sp) - top };
      zooming.reveal({ ...place, width, height });
    },
    panel() {
      if (size.width === 0) return null;
      const now = size;
      const free = layoutMap(WHOLE_MAP, now, near);
      const colour = readColours();
      const drawn = picture(null);
      const looks = looksIn(drawn);
      return {
        size: { width: now.width, height: now.height + KEY_HEIGHT },
        shown: null,
        draw({ context: on }) {
          drawMap(on, now, free, drawn, colour);
          drawKey(on, now.height + 4, looks, colour);
        },
      };
    },
    destroy() {
      frame.cancel();
      finish?.();
      unsubscribe();
      observer.disconnect();
      deafen();
      zooming.destroy();
      surface.on('pointermove pointerleave click', null);
    },
  };
}

/** Whether two states come to the same map. */
function looksTheSame(a: RankscopeState, b: RankscopeState): boolean {
  return (
    a.sheet === b.sheet &&
    a.againstSheet === b.againstSheet &&
    a.case === b.case &&
    a.mapNearness === b.mapNearness
  );
}

/** Space for what the looks mean, under a map that is taken away. */
const KEY_HEIGHT = 22;

/** The looks that a picture has, in the order in which they come. */
function looksIn({ extent, lookOf: of }: MapPicture): FieldLook[] {
  const looks = Array.from({ length: extent.heads * extent.sp }, (_, index) => of(index));
  return [...new Set(looks)].filter((look) => look !== null);
}

/** Verdicts, or what changes once both sheets of a difference are full. */
function lookOf(sheet: Sheet | null, against: Sheet | null): (index: number) => FieldLook | null {
  if (sheet === null) return () => null;
  if (against !== null && isFull(sheet) && isFull(against)) {
    const { changes } = differenceOf(against, sheet);
    const names = Object.entries(CHANGES).toSorted(([, a], [, b]) => a - b);
    const looks = names.map(([name]) => CHANGE_LOOKS[name as keyof typeof CHANGES]);
    return (index) => at(looks, at(changes, index));
  }
  return (index) => {
    const value = at(sheet.values, index);
    if (value === UNKNOWN) return null;
    if (value === NO_MODEL) return NO_MODEL_LOOK;
    return value === UNMEANT ? UNMEANT_LOOK : VERDICT_LOOKS[at(VERDICTS, value)];
  };
}

/** The field beside one, within the map. */
export function neighbour(extent: MapExtent, { heads, sp }: Field, dx: number, dy: number): Field {
  const within = (value: number, most: number) => Math.min(most, Math.max(1, value));
  return { heads: within(heads + dx, extent.heads), sp: within(sp + dy, extent.sp) };
}
