import { range } from '../../base/numbers.ts';
import type { Size } from '../../picture/size.ts';
import { type Field, fieldAt, indexOf, type MapExtent } from '../../workers/map/setting.ts';
import {
  type Colours,
  drawAxes,
  drawFields,
  drawOutlines,
  inside,
  type MapPicture,
} from './draw-map.ts';
import type { FieldLook } from './look.ts';
import { MARGIN, type MapLayout } from './map-layout.ts';

/** What is on the canvas. */
export interface MapPainter {
  /** Forgets what is there: all of it is painted anew, in the colours of then. */
  forget(): void;
  /**
   * Brings what is there to what `picture` says. Seen as before, only fields that look otherwise are
   * painted, so many in one go; whether some are left for the next.
   */
  paint(size: Size, layout: MapLayout, picture: MapPicture): boolean;
}

/** Fields that are painted in one go: more would take longer than a frame has to spare. */
const AT_ONCE = 2048;

/** Paints a map on the canvas of `context`, in the colours that `readColours` finds. */
export function createMapPainter(
  context: CanvasRenderingContext2D,
  readColours: () => Colours,
): MapPainter {
  let painted: (FieldLook | null)[] | null = null;
  let framed: readonly Field[] = [];
  let colours: Colours = () => '';

  const paintAll = (size: Size, layout: MapLayout, picture: MapPicture) => {
    colours = kept(readColours());
    const { extent } = picture;
    painted = range(extent.heads * extent.sp).map(picture.lookOf);
    context.clearRect(0, 0, size.width, size.height);
    inside(context, size, () => {
      drawFields(context, layout, picture, seenFields(size, layout, extent), colours);
    });
    drawAxes(context, size, layout, colours);
  };

  /** Fields around which a frame was that has moved are cleared, with what is left of it. */
  const unframe = (layout: MapLayout, extent: MapExtent, on: (FieldLook | null)[]): number[] => {
    const bare: number[] = [];
    for (const { heads, sp } of framed) {
      const [x, y] = [layout.xOf(heads - 1), layout.yOf(sp - 1)];
      context.clearRect(x, y, layout.xOf(heads + 2) - x, layout.yOf(sp + 2) - y);
      for (const dx of [-1, 0, 1]) {
        for (const dy of [-1, 0, 1]) {
          const field = { heads: heads + dx, sp: sp + dy };
          if (!isWithin(extent, field)) continue;
          const index = indexOf(extent, field);
          on[index] = null;
          bare.push(index);
        }
      }
    }
    return bare;
  };

  const paintChanged = (
    size: Size,
    layout: MapLayout,
    picture: MapPicture,
    on: (FieldLook | null)[],
  ): boolean => {
    const { extent, lookOf } = picture;
    const stand = framesOf(picture);
    const moved = !sameFields(stand, framed);
    let left = false;
    inside(context, size, () => {
      const changed = new Set(moved ? unframe(layout, extent, on) : []);
      for (let index = 0; index < on.length; index++) {
        if (on[index] === lookOf(index)) continue;
        left = changed.size >= AT_ONCE;
        if (left) break;
        changed.add(index);
      }
      for (const index of changed) {
        if (on[index] !== null) clearField(context, layout, fieldAt(extent, index));
        on[index] = lookOf(index);
      }
      drawFields(context, layout, picture, [...changed], colours);
    });
    return left;
  };

  return {
    forget() {
      painted = null;
    },
    paint(size, layout, picture) {
      let left = false;
      if (painted === null) paintAll(size, layout, picture);
      else left = paintChanged(size, layout, picture, painted);
      framed = framesOf(picture);
      inside(context, size, () => drawOutlines(context, layout, picture, colours));
      return left;
    },
  };
}

function framesOf({ here, pointed }: MapPicture): Field[] {
  return pointed === null ? [here] : [here, pointed];
}

function sameFields(a: readonly Field[], b: readonly Field[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ heads, sp }, index) => heads === b[index]?.heads && sp === b[index]?.sp)
  );
}

function isWithin(extent: MapExtent, { heads, sp }: Field): boolean {
  return heads >= 1 && heads <= extent.heads && sp >= 1 && sp <= extent.sp;
}

/** The fields in sight. */
function seenFields(size: Size, { xOf, yOf }: MapLayout, extent: MapExtent): number[] {
  const upTo = (most: number) => range(most).map((index) => index + 1);
  const columns = upTo(extent.heads).filter(
    (heads) => xOf(heads + 1) > MARGIN.left && xOf(heads) < size.width,
  );
  const rows = upTo(extent.sp).filter((sp) => yOf(sp + 1) > MARGIN.top && yOf(sp) < size.height);
  return rows.flatMap((sp) => columns.map((heads) => indexOf(extent, { heads, sp })));
}

function clearField(
  context: CanvasRenderingContext2D,
  { xOf, yOf }: MapLayout,
  { heads, sp }: Field,
): void {
  const [x, y] = [xOf(heads), yOf(sp)];
  context.clearRect(x, y, xOf(heads + 1) - x, yOf(sp + 1) - y);
}

/** To ask the page for a colour has it settle its styles: each is asked for once. */
function kept(read: Colours): Colours {
  const known = new Map<string, string>();
  return (name) => {
    const value = known.get(name) ?? read(name);
    known.set(name, value);
    return value;
  };
}
