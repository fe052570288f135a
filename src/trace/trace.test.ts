import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import { anyCase, anyStopIn, caseWith, runOf, runWith } from '../core/world/testing.ts';
import { momentsOf, operationText } from './moment.ts';
import { stopsOf } from './stops.ts';
import { mergeTrace, type Trace } from './trace.ts';

/** A lane a rank, a column a tick, one letter an event. */
function picture(trace: Trace): string[] {
  return trace.lanes.map((lane) => {
    const columns = range(trace.ticks).map((tick) => {
      const here = lane.filter((placed) => placed.tick === tick).map(({ event }) => event.kind);
      return here.length === 0 ? '.' : at(here, 0).slice(0, 1);
    });
    return columns.join('');
  });
}

describe('a trace', () => {
  it('sets the ranks side by side: called, guarded, local, offered, received, returned', () => {
    const trace = mergeTrace(
      runWith({ implementation: 'deepspeed-5823', sp: 2, heads: 2, seq: 2 }),
    );
    const [first, second] = picture(trace);
    expect(first).toBe(second);
    expect(first).toMatch(/^cgl+orl+rcal+orl+r$/);
  });

  it('shows who raises and who waits', () => {
    const recording = runWith({
      implementation: 'deepspeed-6797',
      sp: 2,
      heads: 9,
      kvHeads: 1,
      program: 'layerForwardBackward',
      caller: 'bypassed',
    });
    const ends = picture(mergeTrace(recording)).map((lane) => lane.replace(/\.+$/, '').slice(-2));
    expect(ends).toEqual(['or', 'oa']);
  });

  it('keeps every event once, in its rank’s order, and nothing lands before it is sent', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const trace = mergeTrace(runOf(wanted));
        trace.lanes.forEach((lane, rank) => {
          expect(lane.map(({ event }) => event)).toEqual(at(trace.recording.ranks, rank).events);
          for (const [index, placed] of lane.entries()) {
            if (index > 0) expect(placed.tick).toBeGreaterThanOrEqual(at(lane, index - 1).tick);
            if (placed.event.kind !== 'received') continue;
            const round = lane
              .slice(0, index)
              .filter(({ event }) => event.kind === 'offered').length;
            for (const other of trace.lanes) {
              const offer = other.filter(({ event }) => event.kind === 'offered')[round - 1];
              expect(offer?.tick).toBeLessThan(placed.tick);
            }
          }
        });
        expect(momentsOf(trace)).toHaveLength(trace.ticks);
        for (const { events } of momentsOf(trace)) {
          for (const { placed } of events) expect(operationText(placed.event)).not.toBe('');
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a trace of ranks that stopped', () => {
  it('is the beginning of the one in which they did not, tick by tick', () => {
    const stopped = anyCase.chain((wanted) =>
      fc.record({ wanted: fc.constant(wanted), until: anyStopIn(wanted) }),
    );
    fc.assert(
      fc.property(stopped, ({ wanted, until }) => {
        const whole = mergeTrace(runOf(wanted));
        mergeTrace(runOf(wanted, until)).lanes.forEach((lane, rank) => {
          expect(lane).toEqual(at(whole.lanes, rank).slice(0, lane.length));
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('the way of a tensor', () => {
  it('claims nothing of where ranks that stand have still to come', () => {
    const sending = { call: 0, last: { what: 'offered', count: 1 } };
    const stops = stopsOf(runOf(caseWith({}), sending), 0);
    expect(stops.map(({ title, ahead, wrong }) => [title, ahead, wrong])).toEqual([
      ['q on each rank', false, false],
      ['after pass 1 of q', true, false],
      ['after pass 2 of o', true, false],
    ]);
  });

  it('flags the pass that returned nothing, beside the shape that it should have', () => {
    const stops = stopsOf(runWith({}), 1);
    expect(stops.map(({ shapes, should, wrong }) => [shapes[0], should, wrong])).toEqual([
      [[1, 2, 8, 2], null, false],
      [[1, 8, 2, 2], [1, 8, 2, 2], false],
      [null, [1, 2, 8, 2], true],
    ]);
  });

  it('flags a wrong shape', () => {
    const stops = stopsOf(
      runWith({ implementation: 'deepspeed-6750', heads: 16, batchDimIdx: 1 }),
      1,
    );
    expect(stops.at(-1)).toMatchObject({ should: [2, 1, 16, 2], wrong: true });
  });
});
