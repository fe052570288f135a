import { range } from '../../base/numbers.ts';
import type { Canvas2d } from '../../picture/canvas-2d.ts';
import type { Size } from '../../picture/size.ts';
import type { Field, MapExtent } from '../../workers/map/setting.ts';
import { fieldAt } from '../../workers/map/setting.ts';
import type { FieldLook } from './look.ts';
import { MARGIN, type MapLayout } from './map-layout.ts';

/** What is painted: each field's look, and the fields that stand out. */
export interface MapPicture {
  readonly extent: MapExtent;
  /** Null where nothing is known yet. */
  lookOf(index: number): FieldLook | null;
  readonly here: Field;
  readonly pointed: Field | null;
}

/** The value of a custom property. */
export type Colours = (name: string) => string;

/** From this size of a field on, in CSS pixels, its sign is written into it. */
const SIGN_SIZE = 11;

/** Paints a map, in CSS pixels of a context that is scaled to device pixels. */
export function drawMap(
  context: Canvas2d,
  size: Size,
  layout: MapLayout,
  picture: MapPicture,
  colour: Colours,
): void {
  inside(context, size, () => {
    drawFields(context, layout, picture, range(picture.extent.heads * picture.extent.sp), colour);
    drawOutlines(context, layout, picture, colour);
  });
  drawAxes(context, size, layout, colour);
}

/** Lets `draw` draw on nothing but where the fields are. */
export function inside(context: Canvas2d, size: Size, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(MARGIN.left, MARGIN.top, size.width - MARGIN.left, size.height - MARGIN.top);
  context.clip();
  draw();
  context.restore();
}

/** Paints some fields. One path a look: the number of drawing calls does not grow with the fields. */
export function drawFields(
  context: Canvas2d,
  { width, height, xOf, yOf }: MapLayout,
  { extent, lookOf }: Pick<MapPicture, 'extent' | 'lookOf'>,
  fields: readonly number[],
  colour: Colours,
): void {
  const byLook = new Map<FieldLook, number[]>();
  for (const index of fields) {
    const look = lookOf(index);
    if (look === null) continue;
    const members = byLook.get(look);
    if (members === undefined) byLook.set(look, [index]);
    else members.push(index);
  }
  const gap = Math.min(width, height) < 5 ? 0 : 1;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `600 ${Math.min(15, Math.min(width, height) * 0.62)}px ${colour('--sans')}`;
  for (const [look, members] of byLook) {
    context.globalAlpha = look.opacity;
    context.fillStyle = colour(look.colour);
    context.beginPath();
    for (const index of members) {
      const { heads, sp } = fieldAt(extent, index);
      const [x, y] = [xOf(heads), yOf(sp)];
      const [right, bottom] = [xOf(heads + 1), yOf(sp + 1)];
      context.rect(x, y, Math.max(0.5, right - x - gap), Math.max(0.5, bottom - y - gap));
    }
    context.fill();
    context.globalAlpha = 1;
    if (look.sign === '' || Math.min(width, height) < SIGN_SIZE) continue;
    context.fillStyle = colour(look.opacity > 0.5 ? '--panel' : '--ink');
    for (const index of members) {
      const { heads, sp } = fieldAt(extent, index);
      context.fillText(look.sign, xOf(heads) + width / 2, yOf(sp) + height / 2);
    }
  }
}

/** Frames the field of the case, and the one that is pointed at. */
export function drawOutlines(
  context: Canvas2d,
  layout: MapLayout,
  { here, pointed }: Pick<MapPicture, 'here' | 'pointed'>,
  colour: Colours,
): void {
  outline(context, layout, here, colour('--accent'), 2);
  if (pointed !== null) outline(context, layout, pointed, colour('--ink'), 1.5);
}

/** What the looks mean, in a line from (`MARGIN.left`, `top`) on. */
export function drawKey(
  context: Canvas2d,
  top: number,
  looks: readonly FieldLook[],
  colour: Colours,
): void {
  let x = MARGIN.left;
  context.font = `11.5px ${colour('--sans')}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { colour: name, opacity, sign, word } of looks) {
    context.globalAlpha = opacity;
    context.fillStyle = colour(name);
    context.fillRect(x, top, SWATCH, SWATCH);
    context.globalAlpha = 1;
    context.fillStyle = colour('--soft');
    const text = sign === '' ? word : `${sign} ${word}`;
    context.fillText(text, x + SWATCH + 6, top + SWATCH / 2);
    x += SWATCH + context.measureText(text).width + 20;
  }
}

const SWATCH = 11;

function outline(
  context: Canvas2d,
  { width, height, xOf, yOf }: MapLayout,
  { heads, sp }: Field,
  colour: string,
  line: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.strokeRect(xOf(heads) - 0.5, yOf(sp) - 0.5, width, height);
}

export function drawAxes(
  context: Canvas2d,
  size: Size,
  { width, height, xOf, yOf, headTicks, spTicks }: MapLayout,
  colour: Colours,
): void {
  context.fillStyle = colour('--soft');
  context.font = `11px ${colour('--mono')}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (const heads of headTicks) {
    const x = xOf(heads) + width / 2;
    if (x > MARGIN.left && x < size.width - 8) context.fillText(String(heads), x, MARGIN.top - 9);
  }
  context.textAlign = 'right';
  for (const sp of spTicks) {
    const y = yOf(sp) + height / 2;
    if (y > MARGIN.top && y < size.height) context.fillText(String(sp), MARGIN.left - 7, y);
  }
  context.font = `11px ${colour('--sans')}`;
  context.textAlign = 'left';
  context.fillText('heads →', MARGIN.left, 8);
  context.fillText('SP ↓', 6, 8);
}
