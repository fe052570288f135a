import { describe, expect, it } from 'vitest';
import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { finish } from '../../base/steps.ts';
import { sequenceOf, sizesOf } from '../../core/contract/contract.ts';
import { positionsOf } from '../../core/contract/sequence.ts';
import { caseWith, runOf } from '../../core/world/testing.ts';
import { momentsOf } from '../../trace/moment.ts';
import { mergeTrace, type Trace } from '../../trace/trace.ts';
import { flightOf, moverOf } from './flight.ts';
import { flocksOf } from './flocks.ts';
import { journeyTo } from './journey.ts';
import { layoutStage } from './layout.ts';
import { type Palette, paletteOf } from './palette.ts';

const traceOf = (implementation: string, heads: number) =>
  mergeTrace(runOf(caseWith({ implementation, sp: 2, batch: 2, seq: 4, heads, headDim: 1 })));

function paletteIn({ recording, lanes }: Trace, call: number): Palette {
  const c = recording.contract;
  const homes = lanes.map((_, rank) => positionsOf(sequenceOf(c), rank));
  return paletteOf(sizesOf(c, at(c.calls, call)), c.sp, homes, 'light', 'head');
}

describe('flocks', () => {
  it('a piece of pass 1 flies as one', () => {
    const trace = traceOf('deepspeed-6797', 4);
    const landed = momentsOf(trace).find(({ kind }) => kind === 'received');
    assert(landed !== undefined, 'pieces land');
    const journey = journeyTo(trace, landed.tick, 'heads');
    const texts = finish(flocksOf(journey, paletteIn(trace, 0))).map((flocks) =>
      flocks.map(({ width, height, from }) => `${width} × ${height} from ${from}`),
    );
    // Two sequences, of each a piece from both ranks.
    const each = range(4).map((piece) => `2 × 2 from ${piece < 2 ? 0 : 1}`);
    expect(texts).toEqual([each, each]);
  });

  it('every cell is in one flock, and is where the flock takes it', () => {
    const cases = [
      ['deepspeed-6797', 4],
      ['deepspeed-6392', 3],
      ['yunchang-4d', 4],
      ['diffusers-unified', 4],
    ] as const;
    for (const [implementation, heads] of cases) {
      const trace = traceOf(implementation, heads);
      for (const picture of ['heads', 'memory'] as const) {
        const layout = layoutStage(trace, { width: 300, height: 200 }, picture);
        for (const { tick, call } of momentsOf(trace).slice(1)) {
          const journey = journeyTo(trace, tick, picture);
          const flight = flightOf(layout, tick, journey, 0.4);
          finish(flocksOf(journey, paletteIn(trace, call))).forEach((flocks, rank) => {
            const move = moverOf(layout, flight, rank);
            const placeOf = (cell: number) => {
              const spot = { x: 0, y: 0 };
              move(cell, spot);
              return spot;
            };
            const seen: number[] = [];
            for (const { rows, width } of flocks) {
              const corner = placeOf(at(rows, 0));
              rows.forEach((first, row) => {
                for (const column of range(width)) {
                  const cell = placeOf(first + column);
                  expect(cell.x).toBeCloseTo(corner.x + column * flight.pitch.x, 2);
                  expect(cell.y).toBeCloseTo(corner.y + row * flight.pitch.y, 2);
                  seen.push(first + column);
                }
              });
            }
            const { count } = at(journey.after, rank).held.arrangement.cells;
            expect(seen.toSorted((a, b) => a - b)).toEqual(range(count));
          });
        }
      }
    }
  });
});
