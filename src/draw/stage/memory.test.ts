import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { caseWith, runOf } from '../../core/world/testing.ts';
import { momentsOf, operationText } from '../../trace/moment.ts';
import { mergeTrace, type Trace } from '../../trace/trace.ts';
import type { Arrangement } from './cells.ts';
import { frameAt } from './frame.ts';
import { journeyTo } from './journey.ts';
import { slotsOf, stripOf } from './memory.ts';

/** Issue #4198's list form and #6797's single one, small enough to be read: 2 ranks, 4 heads. */
const trace = mergeTrace(
  runOf(caseWith({ implementation: 'deepspeed-6797', sp: 2, seq: 4, heads: 4, headDim: 1 })),
);

/** The strips of a rank: ids in hex, a dot for a slot that no tensor looks into, a gap as a space. */
function strips({ cells }: Arrangement): string[] {
  const rows = new Map<number, string>();
  let end = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    const y = at(cells.y, cell);
    const x = at(cells.x, cell);
    const gap = rows.has(y) && x - end > 0.01 ? ' ' : '';
    const sign = at(cells.place, cell) < 0 ? '.' : at(cells.id, cell).toString(16);
    rows.set(y, `${rows.get(y) ?? ''}${gap}${sign}`);
    end = x + 1;
  }
  return [...rows].sort(([a], [b]) => a - b).map(([y, row]) => `${y}: ${row}`);
}

/** The order in which the tensors read the cells. */
function reading({ cells, tensors }: Arrangement): string {
  return tensors
    .map(({ ids }, tensor) => {
      const order = Array.from({ length: cells.count }, (_, cell) => cell)
        .filter((cell) => at(cells.tensor, cell) === tensor && at(cells.place, cell) >= 0)
        .sort((a, b) => at(cells.place, a) - at(cells.place, b));
      expect(order.map((cell) => at(cells.id, cell))).toEqual([...ids]);
      return order.join(' ');
    })
    .join(' | ');
}

function tickOf(one: Trace, text: string): number {
  const found = momentsOf(one).find(({ events }) =>
    events.some(({ placed }) => operationText(placed.event).startsWith(text)),
  );
  if (found === undefined) throw new Error(`no ${text}`);
  return found.tick;
}

const held = (tick: number, rank = 0) => at(frameAt(trace, tick, 'memory'), rank).held.arrangement;

describe('the memory strip', () => {
  it('shows storage slot by slot, wrapped', () => {
    expect(stripOf(trace)).toMatchObject({ wrap: 8, grain: 1, rows: 1 });
    expect(strips(held(0))).toEqual(['0: 01234567']);
    expect(strips(held(0, 1))).toEqual(['0: 89abcdef']);
  });

  it('a permuted view leaves every element where it is and reads them in another order', () => {
    const permuted = tickOf(trace, 'permute');
    expect(strips(held(permuted))).toEqual(strips(held(0)));
    expect(reading(held(0))).toBe('0 1 2 3 4 5 6 7');
    expect(reading(held(permuted))).toBe('0 1 4 5 2 3 6 7');
    const { ranks } = journeyTo(trace, permuted, 'memory');
    expect([...at(ranks, 0).fromCell]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('a copy has the other line to itself, in the order in which it is read', () => {
    const copied = tickOf(trace, 'contiguous');
    expect(strips(held(copied))).toEqual(['2: 01452367']);
    expect(reading(held(copied))).toBe('0 1 2 3 4 5 6 7');
    const { ranks } = journeyTo(trace, copied, 'memory');
    expect([...at(ranks, 0).fromCell]).toEqual([0, 1, 4, 5, 2, 3, 6, 7]);
    expect(strips(at(frameAt(trace, copied, 'memory'), 0).given?.arrangement ?? held(0))).toEqual([
      '0: 01234567',
    ]);
  });

  it('is seen cut by the split sizes in a collective, and pieces land by them', () => {
    const landed = tickOf(trace, 'the pieces land');
    const offered = at(frameAt(trace, landed - 1, 'memory'), 0);
    expect(strips(offered.held.arrangement)).toEqual(['2: 0145 2367']);
    expect(strips(held(landed))).toEqual(['0: 0145 89cd']);
    const { ranks } = journeyTo(trace, landed, 'memory');
    expect([...at(ranks, 0).fromRank]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect([...at(ranks, 0).fromCell]).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect([...at(ranks, 1).fromCell]).toEqual([4, 5, 6, 7, 4, 5, 6, 7]);
  });

  it('shows the pieces of a list beside one another', () => {
    const list = mergeTrace(
      runOf(caseWith({ implementation: 'deepspeed-4198', sp: 2, seq: 4, heads: 4, headDim: 1 })),
    );
    const cut = at(frameAt(list, tickOf(list, 'tensor_split'), 'memory'), 0).held.arrangement;
    expect(strips(cut)).toEqual(['0: 01234567']);
    expect(reading(cut)).toBe('0 1 4 5 | 2 3 6 7');
    const copied = at(frameAt(list, tickOf(list, 'contiguous'), 'memory'), 0).held.arrangement;
    expect(strips(copied)).toEqual(['2: 0145 2367']);
  });

  it('finds the slot of every place', () => {
    const ref = { storage: 0, shape: [2, 3], strides: [1, 2], offset: 4 };
    expect([...slotsOf(ref)]).toEqual([4, 6, 8, 5, 7, 9]);
  });
});
