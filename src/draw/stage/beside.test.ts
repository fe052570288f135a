import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { caseWith, runOf } from '../../core/world/testing.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import { alignmentOf } from '../../trace/beside/align.ts';
import { cursorOfB } from '../../trace/beside/shared-cursor.ts';
import { mergeTrace, type Trace } from '../../trace/trace.ts';
import { baseOf } from './beside.ts';
import { pitchBetween } from './flight.ts';
import { frameAt } from './frame.ts';
import { layoutStage, type Pitch, type StageLayout, union } from './layout.ts';
import { seenAt } from './seen.ts';

const SIZE = { width: 480, height: 380 };
const TYPE = 11;
/** Positions are sums of fractions of a pixel. */
const NEARLY = 1e-6;
/** However much room there is, cells are not larger than this, nor so much longer one way. */
const MOST = { x: 200, y: 84, aspect: 16 };

describe.each([
  [{ implementation: 'deepspeed-6392' }, { implementation: 'deepspeed-6797' }],
  [
    { implementation: 'deepspeed-6797', sp: 4 },
    { implementation: 'deepspeed-6797', sp: 2 },
  ],
  // Where the larger phase is one that the other side never comes to.
  [
    { implementation: 'deepspeed-5823', sp: 4, heads: 6 },
    { implementation: 'verl', sp: 4, heads: 12 },
  ],
  [
    { implementation: 'deepspeed-6797', batch: 2, numKvHeadsBefore: 2 },
    { implementation: 'deepspeed-6797', batch: 2 },
  ],
  [
    { implementation: 'verl', program: 'roundTrip' },
    { implementation: 'verl', program: 'layerForward' },
  ],
] as const)('two runs beside one another: %j, %j', (left, right) => {
  const [a, b] = [left, right].map((patch) => mergeTrace(runOf(caseWith(patch)))) as [Trace, Trace];
  const both = alignmentOf(a, b);
  /** Both sides where the shared cursor is. */
  const sidesAt = (cursor: number, picture: Picture) => {
    const other = cursorOfB(both, cursor);
    return [sideAt(a, cursor, b, other, picture), sideAt(b, other, a, cursor, picture)] as const;
  };

  it.each(['heads', 'memory'] as const)('are in one scale at every moment (%s)', (picture) => {
    for (const quarter of range(4 * a.ticks - 3)) {
      const [one, other] = sidesAt(quarter / 4, picture);
      expect(one.pitch.x).toBeCloseTo(other.pitch.x, 6);
      expect(one.pitch.y).toBeCloseTo(other.pitch.y, 6);
    }
  });

  it.each(['heads', 'memory'] as const)('are seen whole, as large as can be (%s)', (picture) => {
    for (const cursor of range(a.ticks)) {
      const sides = sidesAt(cursor, picture);
      const { pitch } = at(sides, 0);
      for (const { trace, tick, inside } of sides) {
        for (const { width, height } of frameAt(trace, tick, picture)) {
          expect(width * pitch.x).toBeLessThanOrEqual(inside.width + NEARLY);
          expect(height * pitch.y).toBeLessThanOrEqual(inside.height + NEARLY);
        }
      }
      const asked = union(...(sides.map(({ extent }) => extent) as [Size, Size]));
      const room = {
        x: Math.min(...sides.map(({ inside }) => inside.width)) / asked.width,
        y: Math.min(...sides.map(({ inside }) => inside.height)) / asked.height,
      };
      // A pixel more would be cut, be too large, or too long for how wide it is.
      expect(pitch.x + 1).toBeGreaterThan(Math.min(room.x, MOST.x, MOST.aspect * pitch.y));
      expect(pitch.y + 1).toBeGreaterThan(Math.min(room.y, MOST.y, MOST.aspect * pitch.x));
    }
  });
});

/** A stage beside another one, where both stand. */
function sideAt(trace: Trace, cursor: number, other: Trace, there: number, picture: Picture) {
  const base = baseOf(trace, other, SIZE, picture, TYPE);
  const layout = base.at(seenAt(other, there, true));
  const seen = seenAt(trace, cursor, true);
  const { extents } = layoutStage(trace, SIZE, picture, TYPE, other);
  return {
    trace,
    tick: seen.tick,
    inside: at(layout.insides, 0),
    extent: at(extents, seen.tick),
    pitch: pitchIn(layout, seen.tick, seen.share),
  };
}

/** How far apart cells are that are seen, at rest or on their way. */
function pitchIn({ pitches }: StageLayout, tick: number, share: number): Pitch {
  return share === 0
    ? at(pitches, tick)
    : pitchBetween(at(pitches, tick), at(pitches, tick + 1), share);
}
