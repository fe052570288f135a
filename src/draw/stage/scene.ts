import { at } from '../../base/assert.ts';
import { memoizedByAll } from '../../base/memo.ts';
import { sequenceOf, sizesOf } from '../../core/contract/contract.ts';
import { positionsOf } from '../../core/contract/sequence.ts';
import type { Easel } from '../../picture/easel.ts';
import { CROSSED, hatchedTile, hatchMasks, type Tile } from '../../picture/hatch.ts';
import type { Size } from '../../picture/size.ts';
import { drawnStamp, type Stamp, type StampLook } from '../../picture/stamp.ts';
import { type CellSurface, wordOf } from '../../picture/surface.ts';
import type { Shown } from '../../store/shown.ts';
import type { ColourBy, Picture } from '../../store/view.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Trace } from '../../trace/trace.ts';
import { baseOf, type StageBase } from './beside.ts';
import type { MarkLetters } from './cell-marks.ts';
import type { Colours } from './ink.ts';
import { HATCHES, type Palette, paletteOf, type Scheme } from './palette.ts';
import type { StageView } from './source.ts';
import { typeFor } from './type.ts';

/** What stays the same from frame to frame: until another call, case, size or colour is shown. */
export interface Scene {
  readonly trace: Trace;
  /** The run on the other stage of a comparison. */
  readonly beside: Trace | null;
  readonly call: number;
  readonly colourBy: ColourBy;
  readonly picture: Picture;
  readonly scheme: Scheme;
  readonly base: StageBase;
  readonly palette: Palette;
  readonly surface: CellSurface;
  readonly pixelRatio: number;
  readonly colours: Colours;
  readonly hollow: number;
  tileOf(look: number): Tile;
  stampOf(look: StampLook): Stamp;
  readonly wrongTile: Tile;
  /** The size of letters, in CSS pixels. */
  readonly type: number;
  readonly letters: MarkLetters;
  /** Whether hatches are drawn where chips are. */
  readonly hatchAlways: boolean;
}

/** What of a view a scene depends on. */
type SceneView = Pick<StageView, 'cursor' | 'colourBy' | 'picture' | 'beside'> & {
  readonly shown: Pick<Shown, 'trace'>;
};

/**
 * The scene of a view, to be painted on an easel in the colours of `style`; `known` itself where
 * nothing that it depends on has changed.
 */
export function sceneFor(
  known: Scene | null,
  { shown: { trace }, beside: other, colourBy, picture, cursor }: SceneView,
  size: Size,
  scheme: Scheme,
  { pixelRatio, surfaceOf }: Easel,
  style: CSSStyleDeclaration,
): Scene {
  const { call } = at(momentsOf(trace), Math.ceil(cursor));
  const beside = other?.trace ?? null;
  const sameRun = known?.trace === trace && known.beside === beside && known.picture === picture;
  if (sameRun && known.call === call && known.colourBy === colourBy) return known;
  const type = known?.type ?? typeFor(Number(style.getPropertyValue('--scale')) || 1);
  const base = sameRun ? known.base : baseOf(trace, beside, size, picture, type);
  // To read a style has the browser reckon it; a known scene is of the same one, in the same colours.
  const colours = known?.colours ?? coloursOf(style);
  const palette = paletteFor(trace, call, scheme, colourBy);
  return {
    trace,
    beside,
    call,
    colourBy,
    picture,
    scheme,
    base,
    palette,
    surface:
      known?.surface ??
      surfaceOf(Math.round(size.width * pixelRatio), Math.round(size.height * pixelRatio)),
    pixelRatio,
    colours,
    hollow: known?.hollow ?? wordOf(colours.line, 0.6),
    tileOf: known?.tileOf ?? tilesOf(palette, colours, pixelRatio),
    stampOf: known?.stampOf ?? stampsAt(pixelRatio),
    type,
    letters: markLetters(trace, call, picture),
    hatchAlways: known?.hatchAlways ?? Number(style.getPropertyValue('--hatch-always')) > 0,
    wrongTile:
      known?.wrongTile ??
      hatchedTile(colours.panel, at(hatchMasks(colours.bad, pixelRatio), CROSSED)),
  };
}

/** Kept with its trace: what was found out by it is known when its call is looked at again. */
const paletteFor = memoizedByAll(
  ({ recording, lanes }: Trace, call: number, scheme: Scheme, colourBy: ColourBy): Palette => {
    const c = recording.contract;
    const dealing = sequenceOf(c);
    const positions = lanes.map((_, rank) => positionsOf(dealing, rank));
    return paletteOf(sizesOf(c, at(c.calls, call)), c.sp, positions, scheme, colourBy, c.seq);
  },
);

/** How many letters chips and names have: in memory, through which a path leads, no cell is named. */
function markLetters(
  { recording: { contract: c } }: Trace,
  call: number,
  picture: Picture,
): MarkLetters {
  const { heads } = sizesOf(c, at(c.calls, call));
  return {
    chip: String(c.sp - 1).length,
    name: picture === 'heads' ? 1 + String(heads - 1).length : Number.POSITIVE_INFINITY,
  };
}

/** Tiles are made when their look is first seen. */
function tilesOf(
  { fills }: Palette,
  { hatch, hatchDark }: Colours,
  pixelRatio: number,
): (look: number) => Tile {
  const pale = hatchMasks(hatch, pixelRatio);
  const dark = hatchMasks(hatchDark, pixelRatio);
  const masks = [...pale.slice(0, HATCHES / 2), ...dark.slice(1)];
  const tiles: Tile[] = [];
  return (look) => {
    const known = tiles[look];
    if (known !== undefined) return known;
    const fill = at(fills, Math.floor(look / HATCHES));
    const tile = hatchedTile(fill, at(masks, look % HATCHES));
    tiles[look] = tile;
    return tile;
  };
}

/** Stamps are drawn when their look is first seen. */
function stampsAt(pixelRatio: number): (look: StampLook) => Stamp {
  const stamps = new Map<string, Stamp>();
  return (look) => {
    const { text, font, ink, width, height } = look;
    const key = `${text} ${font} ${ink} ${width} ${height}`;
    const known = stamps.get(key);
    if (known !== undefined) return known;
    const drawn = drawnStamp(look, pixelRatio);
    stamps.set(key, drawn);
    return drawn;
  };
}

function coloursOf(style: CSSStyleDeclaration): Colours {
  const of = (name: string) => style.getPropertyValue(`--${name}`);
  return {
    mono: of('mono'),
    sans: of('sans'),
    ink: of('ink'),
    label: of('soft'),
    bad: of('bad'),
    accent: of('accent'),
    panel: of('panel'),
    line: of('line-strong'),
    hatch: of('hatch'),
    hatchDark: of('hatch-dark'),
  };
}
