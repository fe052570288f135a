import { describe, expect, it } from 'vitest';
import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { finish, type Steps } from '../../base/steps.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { caseWith, runOf } from '../../core/world/testing.ts';
import { runWorld } from '../../core/world/world.ts';
import type { Size } from '../../picture/size.ts';
import type { CellSurface } from '../../picture/surface.ts';
import { momentsOf } from '../../trace/moment.ts';
import { mergeTrace, type Trace } from '../../trace/trace.ts';
import { blocksOf } from './blocks.ts';
import { CELLS_PER_STEP } from './cells.ts';
import { drawFlight, drawFrame } from './draw-cells.ts';
import { extentsByTick } from './extents.ts';
import { flightOf } from './flight.ts';
import { frameAt } from './frame.ts';
import { journeyInSteps, journeyTo } from './journey.ts';
import { layoutStage } from './layout.ts';
import { paletteOf } from './palette.ts';
import type { Brush } from './pen.ts';
import { wrongInSteps } from './wrong-cells.ts';

const SIZE = { width: 900, height: 560 };

function traceOf(patch: Parameters<typeof caseWith>[0]) {
  const c = caseWith({ headDim: 1, ...patch });
  const implementation = findImplementation(c.implementation);
  assert(implementation !== undefined, 'a published implementation');
  return mergeTrace(runWorld(c, implementation, { attention: false }));
}

/** How many steps some work is done in. */
function stepsIn(steps: Steps<unknown>): number {
  let count = 1;
  while (!steps.next().done) count += 1;
  return count;
}

describe('what is drawn first', () => {
  it.each(['deepspeed-6797', 'verl'])('is laid out without a tensor being read: %s', (id) => {
    const trace = traceOf({ implementation: id, sp: 32, seq: 32, heads: 64 });
    const read = (): never => {
      throw new Error('all elements of a tensor were read');
    };
    const ranks = trace.recording.ranks.map((rank) => ({ ...rank, read }));
    const unread = { ...trace, recording: { ...trace.recording, ranks } };
    expect(layoutStage(unread, SIZE, 'heads').cards).toHaveLength(32);
    expect(() => frameAt(unread, 0, 'heads')).toThrow('read');
  });

  it.each([
    { implementation: 'deepspeed-6797', sp: 4, heads: 8 },
    { implementation: 'deepspeed-5823', sp: 4, heads: 6 },
    { implementation: 'verl', sp: 4, heads: 8, batch: 2 },
    { implementation: 'deepspeed-6392', sp: 2, heads: 4, headDim: 3 },
  ])('has as much room as what cards show: %j', (patch) => {
    const trace = mergeTrace(runOf(caseWith(patch)));
    for (const picture of ['heads', 'memory'] as const) {
      const shown = range(trace.ticks).map((tick) => {
        const cards: readonly Size[] = frameAt(trace, tick, picture);
        return {
          width: Math.max(...cards.map(({ width }) => width)),
          height: Math.max(...cards.map(({ height }) => height)),
        };
      });
      expect(finish(extentsByTick(trace, picture))).toEqual(shown);
    }
  });

  it('is drawn in steps, of a rank at most', () => {
    const trace = traceOf({ implementation: 'deepspeed-6797', sp: 64, seq: 64, heads: 64 });
    expect(stepsIn(extentsByTick(trace, 'heads'))).toBeGreaterThan(64);
    const last = trace.ticks - 1;
    const wrong = finish(wrongInSteps(trace, last, 'heads'));
    const filled: number[] = [0];
    const surface = surfaceHeard(() => filled.push((filled.pop() ?? 0) + 1));
    const steps = drawFrame(brushOf(trace, surface), last, frameAt(trace, last, 'heads'), wrong);
    while (!steps.next().done) filled.push(0);
    expect(filled.length).toBeGreaterThan(64);
    // One cell of each of 64 heads.
    expect(Math.max(...filled)).toBeLessThanOrEqual(64);
  });

  it('has no step that sees to all cells of a large rank', () => {
    const trace = traceOf({ implementation: 'deepspeed-6797', sp: 2, seq: 4096, heads: 128 });
    const last = trace.ticks - 1;
    const { arrangement } = at(frameAt(trace, last, 'heads'), 0).held;
    const count = (4096 / 2) * 128;
    expect(stepsIn(arrangement.cellsInSteps())).toBeGreaterThan(count / CELLS_PER_STEP);
    expect(arrangement.cells.count).toBe(count);
    // Looked at twice more: for what is together, and for rectangles of that.
    const { palette } = brushOf(
      trace,
      surfaceHeard(() => {}),
    );
    expect(stepsIn(blocksOf(arrangement, palette))).toBeGreaterThan((2 * count) / CELLS_PER_STEP);
  });

  it('goes on its way in steps, of a rank at most', () => {
    const trace = traceOf({ implementation: 'deepspeed-6797', sp: 64, seq: 64, heads: 64 });
    const landing = momentsOf(trace).find(({ kind }) => kind === 'received');
    assert(landing !== undefined, 'pieces land');
    expect(stepsIn(journeyInSteps(trace, landing.tick, 'heads'))).toBeGreaterThan(64);
    const brush = brushOf(
      trace,
      surfaceHeard(() => {}),
    );
    const journey = journeyTo(trace, landing.tick, 'heads');
    const flight = flightOf(brush.layout, landing.tick, journey, 0.5);
    // Flocks are found first, and then drawn: what stays, and above it what flies.
    expect(stepsIn(drawFlight(brush, flight))).toBeGreaterThan(3 * 64);
  });
});

function brushOf(trace: Trace, surface: CellSurface): Brush {
  const { seq, sp, calls } = trace.recording.contract;
  const { heads } = at(calls, 0);
  const share = seq / sp;
  const homes = range(sp).map((rank) => range(share).map((s) => rank * share + s));
  return {
    surface,
    pixelRatio: 1,
    layout: layoutStage(trace, SIZE, 'heads'),
    palette: paletteOf({ batch: 1, seq, heads, headDim: 1 }, sp, homes, 'light', 'head'),
    tileOf: () => TILE,
    stampOf: (look) => ({ ...look, columns: 0, rows: 0, words: new Uint32Array(0) }),
    type: 11,
    letters: { chip: 2, name: 3 },
    hatchAlways: false,
    colours: { mono: '', ink: '', panel: '' },
    wrongTile: TILE,
    hollow: 0,
  };
}

const TILE = { side: 1, words: new Uint32Array(1), fill: null, ink: '', hatch: 0 };

/** A surface that keeps nothing but tells of what is filled. */
function surfaceHeard(fill: () => void): CellSurface {
  return {
    ...SIZE,
    begin: (_, paint) => paint(),
    fill,
    fillRounded() {},
    outline() {},
    shade() {},
    stamp() {},
    put() {},
  };
}
