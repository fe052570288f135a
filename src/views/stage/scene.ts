import { at } from '../../base/assert.ts';
import { positionsOf, sizesOf } from '../../engine/case.ts';
import { implementationOf } from '../../engine/truth.ts';
import type { Easel } from '../../picture/easel.ts';
import { CROSSED, hatchedTile, hatchMasks, type Tile } from '../../picture/hatch.ts';
import type { Size } from '../../picture/size.ts';
import { type CellSurface, wordOf } from '../../picture/surface.ts';
import type { Shown } from '../../store/shown.ts';
import type { ColourBy, Picture } from '../../store/view.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Colours } from './ink.ts';
import { layoutStage, type StageLayout } from './layout.ts';
import { HATCHES, type Palette, paletteOf, type Scheme } from './palette.ts';
import type { StageView } from './source.ts';

/** What stays the same from frame to frame: until another call, case, size or colour is shown. */
export interface Scene {
  readonly trace: Trace;
  readonly call: number;
  readonly colourBy: ColourBy;
  readonly picture: Picture;
  readonly scheme: Scheme;
  /** The layout as it is before any zoom. */
  readonly base: StageLayout;
  readonly palette: Palette;
  readonly surface: CellSurface;
  readonly pixelRatio: number;
  readonly colours: Colours;
  readonly hollow: number;
  tileOf(look: number): Tile;
  readonly wrongTile: Tile;
}

/** What of a view a scene depends on. */
type SceneView = Pick<StageView, 'cursor' | 'colourBy' | 'picture'> & {
  readonly shown: Pick<Shown, 'trace'>;
};

/**
 * The scene of a view, to be painted on an easel in the colours of `style`; `known` itself where
 * nothing that it depends on has changed.
 */
export function sceneFor(
  known: Scene | null,
  { shown: { trace }, colourBy, picture, cursor }: SceneView,
  size: Size,
  scheme: Scheme,
  { pixelRatio, surfaceOf }: Easel,
  style: CSSStyleDeclaration,
): Scene {
  const { call } = at(momentsOf(trace), Math.ceil(cursor));
  const sameRun = known?.trace === trace && known.picture === picture;
  if (sameRun && known.call === call && known.colourBy === colourBy) return known;
  const base = sameRun ? known.base : layoutStage(trace, size, picture);
  // To read a style has the browser reckon it; a known scene is of the same one, in the same colours.
  const colours = known?.colours ?? coloursOf(style);
  const palette = paletteFor(trace, call, scheme, colourBy);
  return {
    trace,
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
    tileOf: known?.tileOf ?? tilesOf(palette, colours.hatch, pixelRatio),
    wrongTile:
      known?.wrongTile ??
      hatchedTile(colours.panel, at(hatchMasks(colours.bad, pixelRatio), CROSSED)),
  };
}

function paletteFor(trace: Trace, call: number, scheme: Scheme, colourBy: ColourBy): Palette {
  const { recording } = trace;
  const c = recording.case;
  const { sharding } = implementationOf(recording);
  const positions = trace.lanes.map((_, rank) => positionsOf(sharding, c.seq, c.sp, rank));
  return paletteOf(sizesOf(c, at(c.calls, call)), c.sp, positions, scheme, colourBy);
}

/** Tiles are made when their look is first seen. */
function tilesOf({ fills }: Palette, ink: string, pixelRatio: number): (look: number) => Tile {
  const masks = hatchMasks(ink, pixelRatio);
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
  };
}
