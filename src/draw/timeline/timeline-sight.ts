import type { Size } from '../../picture/size.ts';
import type { ShownRun } from '../../store/shown.ts';
import type { Span } from '../../store/view.ts';
import type { When } from '../canvas/canvas-controller.ts';
import type { TimelineSource } from './source.ts';
import { timeScale } from './time-scale.ts';
import { extentOf, layoutTimeline, type TimelineLayout } from './timeline-layout.ts';
import {
  type Extent,
  following,
  isWhole,
  panned,
  reaching,
  type Spot,
  settled,
  wholeOf,
  zoomed,
} from './window.ts';

/** While it plays, the cursor keeps this share of the width to the edge. */
const PLAYING_SLACK = 0.2;

/** What of a run is in sight, and which ranks are looked at. */
interface Seeing {
  shown: ShownRun | null;
  folds: boolean;
  cursor: number;
  extent: Extent;
  span: Span;
  /** The same, as the source was told of it. */
  told: Span | null;
  /** The rank that was chosen, and the one under the pointer. */
  chosen: number | null;
  hovered: number | null;
  /** Null where what it was made of has changed. */
  layout: TimelineLayout | null;
}

/** The part of a run that a timeline shows: it follows the cursor, and comes nearer when told to. */
export interface TimelineSight {
  readonly now: Readonly<Seeing>;
  /** Null before there is anything, or room for it. */
  layout(): TimelineLayout | null;
  /** Takes in what the source says. */
  follow(): When | null;
  look(span: Span): void;
  /** The span that is nearer by a factor, where `about` stays where it stands. */
  nearer(factor: number, about: Spot): Span;
  choose(rank: number | null): void;
  hover(rank: number | null): void;
}

/** `changed` hears that something else is in sight, or another rank is looked at, than before. */
export function createSight(
  source: TimelineSource,
  sizeNow: () => Size,
  changed: (what: 'span' | 'rank') => void,
): TimelineSight {
  const extent = { time: 1, lanes: 1 };
  const now: Seeing = {
    shown: null,
    folds: false,
    cursor: 0,
    extent,
    span: wholeOf(extent),
    told: null,
    chosen: null,
    hovered: null,
    layout: null,
  };
  const show = (span: Span) => {
    now.span = span;
    now.layout = null;
    changed('span');
  };
  const layout = () => {
    const size = sizeNow();
    if (now.shown === null || size.width === 0) return null;
    if (now.layout?.size !== size) now.layout = layoutTimeline(now.shown.trace, now.span, size);
    return now.layout;
  };
  const look = (span: Span) => {
    if (span === now.span) return;
    const near = settled(span, now.extent);
    show(near);
    now.told = isWhole(near, now.extent) ? null : near;
    source.look(now.told);
  };
  const begin = (shown: ShownRun, folds: boolean) => {
    now.shown = shown;
    now.folds = folds;
    now.extent = extentOf(shown.trace, folds);
    now.chosen = now.hovered = null;
  };

  return {
    now,
    layout,
    look,
    follow() {
      const view = source.read();
      if (view === null) return null;
      const another = view.shown !== now.shown || view.folds !== now.folds;
      // Of another run the verdict is read first.
      const when = another && now.shown !== null ? 'after words' : 'now';
      if (another) begin(view.shown, view.folds);
      const elsewhere = another || view.span !== now.told;
      if (elsewhere) {
        now.told = view.span;
        show(now.told === null ? wholeOf(now.extent) : settled(now.told, now.extent));
      }
      if (view.cursor === now.cursor) return elsewhere ? when : null;
      now.cursor = view.cursor;
      look(following(now.span, now.extent, now.cursor, view.direction === 0 ? 0 : PLAYING_SLACK));
      return when;
    },
    nearer(factor, about) {
      const { shown, span, extent } = now;
      const next = zoomed(span, extent, factor, about);
      const placed = layout();
      if (placed === null || shown === null) return next;
      // Ticks are not equally wide: what was zoomed about comes back to where it stood.
      const moved = timeScale(shown.trace, next.time, placed.plot);
      const away = about.tick - moved.tickAt(placed.xOf(about.tick));
      return panned(next, extent, { ticks: away, ranks: 0 });
    },
    choose(rank) {
      now.chosen = rank;
      if (rank !== null) look(reaching(now.span, now.extent, rank));
      changed('rank');
    },
    hover(rank) {
      if (rank === now.hovered) return;
      now.hovered = rank;
      changed('rank');
    },
  };
}
