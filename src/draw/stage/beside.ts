import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import type { Trace } from '../../trace/trace.ts';
import { pitchBetween } from './flight.ts';
import { type Box, layoutStage, type Pitch, pitchFor, type StageLayout, union } from './layout.ts';
import { type Seen, seenAt } from './seen.ts';
import type { StageView } from './source.ts';

/** How a stage is laid out before any zoom: beside another one, as that one stands. */
export interface StageBase {
  /** The shorter side of the smallest cell that is seen in a trace, in CSS pixels. */
  readonly smallest: number;
  /** The layout while the run beside it shows this moment; the same object where nothing differs. */
  at(beside: Seen | null): StageLayout;
}

/** How a stage is laid out that stands alone, or beside another run. */
export function baseOf(
  trace: Trace,
  beside: Trace | null,
  size: Size,
  picture: Picture,
  type: number,
): StageBase {
  return beside === null
    ? baseAlone(trace, size, picture, type)
    : baseBeside(trace, beside, size, picture, type);
}

function baseAlone(trace: Trace, size: Size, picture: Picture, type: number): StageBase {
  const layout = layoutStage(trace, size, picture, type);
  return { smallest: smallestOf(layout.pitches), at: () => layout };
}

/**
 * One of two stages of that size which are seen in one scale: at every moment cells are as large on
 * both as what both show then lets them be, in the phases in which they stand.
 */
function baseBeside(
  trace: Trace,
  beside: Trace,
  size: Size,
  picture: Picture,
  type: number,
): StageBase {
  const own = layoutStage(trace, size, picture, type, beside);
  const other = layoutStage(beside, size, picture, type, trace);
  // Cards of fewer ranks, or with shorter names, are larger.
  const inside = smaller(at(own.insides, 0), at(other.insides, 0));
  const pitchesWith = (asked: Size): Pitch[] =>
    own.extents.map((extent) => pitchFor(union(extent, asked), inside));
  const layoutWith = memoized(
    (asked: Size): StageLayout => ({ ...own, pitches: pitchesWith(asked) }),
  );
  return {
    smallest: smallestOf([...new Set(other.extents)].flatMap(pitchesWith)),
    at(seen) {
      const { tick, share } = seen ?? { tick: 0, share: 0 };
      const before = layoutWith(at(other.extents, tick));
      const after = layoutWith(share === 0 ? at(other.extents, tick) : at(other.extents, tick + 1));
      if (before === after) return before;
      const pitches = before.pitches.map((pitch, own) =>
        pitchBetween(pitch, at(after.pitches, own), share),
      );
      return { ...own, pitches };
    },
  };
}

function smaller(a: Box, b: Box): Box {
  return { ...a, width: Math.min(a.width, b.width), height: Math.min(a.height, b.height) };
}

function smallestOf(pitches: readonly Pitch[]): number {
  return Math.min(...pitches.map(({ x, y }) => Math.min(x, y)));
}

/** A cell can be seen this large, in CSS pixels, however many there are. */
const NEAREST_PITCH = 130;

/** How much nearer a stage can be seen. */
export function nearestScale({ smallest }: StageBase): number {
  return Math.max(1, NEAREST_PITCH / smallest);
}

/** The moment that a view shows. */
export function seenIn({ shown: { trace }, cursor, motion }: StageView): Seen {
  return seenAt(trace, cursor, motion);
}

/** The layout of a view before any zoom. */
export function baseAt(base: StageBase, { beside, motion }: StageView): StageLayout {
  return base.at(beside == null ? null : seenAt(beside.trace, beside.cursor, motion));
}
