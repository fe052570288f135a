import { type ZoomTransform, zoomIdentity } from 'd3';
import { at } from '../../base/assert.ts';
import { VERDICTS } from '../../core/judge/finding.ts';
import type { Size } from '../../picture/size.ts';
import type { Panel } from '../../store/panel.ts';
import type { RankscopeState, RankscopeStore } from '../../store/state.ts';
import { NO_MODEL, UNKNOWN, UNMEANT } from '../../workers/map/judge-field.ts';
import { type Field, type MapExtent, WHOLE_MAP } from '../../workers/map/setting.ts';
import { CHANGES, differenceOf, isFull, type Sheet } from '../../workers/map/sheet.ts';
import { createCanvasController } from '../canvas/canvas-controller.ts';
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
import { createMapPainter, type MapPainter } from './map-painter.ts';

/** A field can be seen this much larger than on the whole map. */
const NEAREST = 24;

/** How much nearer a press of + comes. */
const KEY_ZOOM = 1.6;

export interface MapController {
  /** Zooms by a factor about the middle; 1 shows the whole map again. */
  zoomBy(factor: number): void;
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

/** What a hand has pointed at and chosen. */
interface MapEars {
  onPoint(field: Field | null): void;
  onChoose(field: Field): void;
}

/** What is kept from frame to frame. */
interface Kept {
  /** Null before there is a screen. */
  painter: MapPainter | null;
  /** How near it was seen when it was last painted. */
  near: ZoomTransform;
  pointed: Field | null;
  /** What the store said when it was last heard. */
  heard: RankscopeState;
}

/** Owns the map's pixels: paints what the store's sheets say, zooms and pans, and tells the ears. */
export function createMapController(
  { host, canvas: node, fields }: MapParts,
  store: RankscopeStore,
  { onPoint, onChoose }: MapEars,
): MapController {
  const kept: Kept = {
    painter: null,
    near: zoomIdentity,
    pointed: null,
    heard: store.getState(),
  };
  const readColours = (): Colours => {
    const style = getComputedStyle(node);
    return (name) => style.getPropertyValue(name);
  };
  const { left, top, right, bottom } = MARGIN;
  fields.style.inset = `${top}px ${right}px ${bottom}px ${left}px`;
  const zooming = createZooming(
    fields,
    () => store.getState().motion,
    (mapNearness) => store.getState().look({ mapNearness }),
  );
  const zoomBy = (factor: number) => {
    if (factor === 1) zooming.out();
    else zooming.by(factor);
  };
  const point = (field: Field | null) => {
    if (field?.heads === kept.pointed?.heads && field?.sp === kept.pointed?.sp) return;
    kept.pointed = field;
    onPoint(field);
    canvas.repaint();
  };
  /** Points at a field, as the pointer does, and brings it into sight. */
  const walkTo = (field: Field) => {
    point(field);
    const layout = canvas.seen();
    if (layout === null) return;
    const { width, height, xOf, yOf } = layout;
    zooming.reveal({ x: xOf(field.heads) - left, y: yOf(field.sp) - top, width, height });
  };
  const commandOf = (key: string): (() => void) | null => {
    const from = kept.pointed ?? fieldOf(store.getState());
    const step = ARROWS[key];
    if (step !== undefined) return () => walkTo(neighbour(WHOLE_MAP, from, ...step));
    if (key === 'Enter') return () => onChoose(from);
    if (key === '+') return () => zoomBy(KEY_ZOOM);
    if (key === '-') return () => zoomBy(1 / KEY_ZOOM);
    return key === '0' ? zooming.out : null;
  };

  const canvas = createCanvasController<MapLayout, Field>({
    host,
    canvas: node,
    source: { subscribe: store.subscribe, begin: () => store.getState().begin() },
    follow() {
      const before = kept.heard;
      kept.heard = store.getState();
      return looksTheSame(before, kept.heard) ? null : 'now';
    },
    forget({ context }) {
      kept.painter = createMapPainter(context, readColours);
    },
    layout({ size, easel, cssZoom }) {
      if (size.width === 0) return null;
      const within = { width: size.width - left - right, height: size.height - top - bottom };
      const near = zooming.see(within, cssZoom, NEAREST, store.getState().mapNearness);
      if (near.toString() !== kept.near.toString()) kept.painter?.forget();
      kept.near = near;
      return layoutMap(WHOLE_MAP, size, near, 1 / easel.pixelRatio);
    },
    *paint({ context, easel: { pixelRatio }, size }, layout) {
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      while (kept.painter?.paint(size, layout, pictureOf(store.getState(), kept.pointed))) yield;
      return () => {};
    },
    hit: ({ fieldAt }, at) => fieldAt(...at),
    gestures: ({ hitAt }) => ({
      move: (at) => point(hitAt(at)),
      leave: () => point(null),
      click(at) {
        const field = hitAt(at);
        if (field !== null) onChoose(field);
      },
      key: commandOf,
      end: zooming.destroy,
    }),
  });

  return {
    zoomBy,
    panel() {
      const { size } = canvas.screen();
      if (size.width === 0) return null;
      const picture = pictureOf(store.getState(), null);
      return panelOf(size, kept.near, picture, readColours());
    },
    destroy: canvas.destroy,
  };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function fieldOf({ case: { heads, sp } }: RankscopeState): Field {
  return { heads, sp };
}

function pictureOf(state: RankscopeState, pointed: Field | null): MapPicture {
  const { sheet, againstSheet } = state;
  return {
    extent: WHOLE_MAP,
    lookOf: lookOf(sheet, againstSheet),
    here: fieldOf(state),
    pointed,
  };
}

/** A map as a panel, with what its looks mean under it. */
function panelOf(size: Size, near: ZoomTransform, picture: MapPicture, colour: Colours): Panel {
  const layout = layoutMap(WHOLE_MAP, size, near);
  const looks = looksIn(picture);
  return {
    size: { width: size.width, height: size.height + KEY_HEIGHT },
    shown: null,
    draw({ context }) {
      drawMap(context, size, layout, picture, colour);
      drawKey(context, size.height + 4, looks, colour);
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
function neighbour(extent: MapExtent, { heads, sp }: Field, dx: number, dy: number): Field {
  const within = (value: number, most: number) => Math.min(most, Math.max(1, value));
  return { heads: within(heads + dx, extent.heads), sp: within(sp + dy, extent.sp) };
}
