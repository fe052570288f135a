import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assert, at } from '../../base/assert.ts';
import { anyCase, runOf, runWith } from '../../core/world/testing.ts';
import { momentsOf, operationText } from '../../trace/moment.ts';
import { journeyOf, whereAt } from '../../trace/provenance.ts';
import { mergeTrace, type Tick, type Trace } from '../../trace/trace.ts';
import { cellOf, elementIn } from './cells.ts';
import { type Journey, journeyTo } from './journey.ts';

/** "rank 1: cell 3"; where the stage has a cell come from, and where its element's way says it was. */
interface Told {
  readonly drawn: string | null;
  readonly followed: readonly string[];
}

function toldOf(trace: Trace, tick: Tick, journey: Journey, rank: number, cell: number): Told {
  const { fromRank, fromCell } = at(journey.ranks, rank);
  const drawn = at(fromRank, cell) < 0 ? null : `rank ${fromRank[cell]}: cell ${fromCell[cell]}`;
  const element = elementIn(at(journey.after, rank).held.arrangement, cell, 0);
  if (element === null) return { drawn, followed: drawn === null ? [] : [drawn] };
  const way = journeyOf(trace, { tick, rank, tensor: element.tensor, place: element.place });
  const followed = (way === null ? [] : whereAt(way, tick - 1, 'own')).flatMap((held) => {
    const was = at(journey.before, held.rank).held.arrangement;
    const there = cellOf(was, held.tensor, held.place);
    return there < 0 ? [] : [`rank ${held.rank}: cell ${there}`];
  });
  return { drawn, followed };
}

describe('where the stage has a cell come from', () => {
  it('is where the way of its element says that it was, whatever the case', () => {
    const picture = fc.constantFrom('heads' as const, 'memory' as const);
    fc.assert(
      fc.property(anyCase, fc.nat(), picture, (wanted, some, shown) => {
        const trace = mergeTrace(runOf(wanted));
        for (const { tick } of momentsOf(trace).slice(1)) {
          const journey = journeyTo(trace, tick, shown);
          for (const [rank, { held }] of journey.after.entries()) {
            const { count } = held.arrangement.cells;
            if (count === 0) continue;
            const { drawn, followed } = toldOf(trace, tick, journey, rank, (some + tick) % count);
            if (drawn === null) expect(followed).toEqual([]);
            else expect(followed).toContain(drawn);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is one cell for all that a repeat makes of it', () => {
    const trace = mergeTrace(
      runWith({
        implementation: 'deepspeed-alst',
        program: 'layerForward',
        batchDimIdx: 1,
        kvHeads: 2,
      }),
    );
    const repeated = momentsOf(trace).find(({ events }) =>
      events.some(({ placed: { event } }) => operationText(event).startsWith('repeat')),
    );
    assert(repeated !== undefined, 'key/value heads are repeated');
    const { fromCell } = at(journeyTo(trace, repeated.tick, 'heads').ranks, 0);
    expect(fromCell).not.toContain(-1);
    expect(new Set(fromCell).size).toBe(fromCell.length / 2);
  });
});
