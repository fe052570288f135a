import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import { runWith } from '../../core/world/testing.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { arrange } from './arrange.ts';
import type { Arrangement } from './cells.ts';
import { frameAt } from './frame.ts';
import { layoutStage } from './layout.ts';

const sizes = { batch: 1, seq: 4, heads: 4, headDim: 1 };

/** The cells as they lie, their ids in hex; a gap of any width is a space. */
function picture({ cells }: Arrangement): string[] {
  const rows = [...new Set(cells.y)].sort((a, b) => a - b);
  return rows.map((y) => {
    const row = Array.from(cells.x, (x, cell) => ({
      x,
      y: at(cells.y, cell),
      id: at(cells.id, cell),
    }))
      .filter((cell) => cell.y === y)
      .sort((a, b) => a.x - b.x);
    return row
      .map(({ x, id }, index) => {
        const gap = index > 0 && x - at(row, index - 1).x > 1 ? ' ' : '';
        return gap + id.toString(16);
      })
      .join('');
  });
}

function ids(...list: number[]): Int32Array {
  return Int32Array.from(list);
}

describe('an arrangement', () => {
  it('lays heads from left to right, the sequence from top to bottom', () => {
    const shard = { shape: [1, 2, 4, 1], ids: ids(0, 1, 2, 3, 4, 5, 6, 7) };
    expect(picture(arrange([shard], sizes, 0))).toEqual(['0123', '4567']);
  });

  it('sets groups of heads apart', () => {
    const shard = { shape: [1, 2, 2, 2, 1], ids: ids(0, 1, 2, 3, 4, 5, 6, 7) };
    expect(picture(arrange([shard], sizes, 0))).toEqual(['01 23', '45 67']);
  });

  it('takes rows of S·heads apart again', () => {
    const rows = { shape: [8, 1], ids: ids(0, 1, 4, 5, 8, 9, 12, 13) };
    expect(picture(arrange([rows], sizes, 0))).toEqual(['01', '45', '89', 'cd']);
  });

  it('shows a misplaced element where it is, not where it belongs', () => {
    const shard = { shape: [1, 2, 4, 1], ids: ids(0, 5, 2, 3, 4, 1, 6, 7) };
    expect(picture(arrange([shard], sizes, 0))).toEqual(['0523', '4167']);
  });

  it('reads a tensor in the layout of the case by that layout, even where batch and head are mixed', () => {
    const two = { batch: 2, seq: 1, heads: 2, headDim: 1 };
    const good = { shape: [1, 2, 2, 1], ids: ids(0, 1, 2, 3) };
    const mixed = { shape: [1, 2, 2, 1], ids: ids(0, 2, 1, 3) };
    expect(picture(arrange([good], two, 1))).toEqual(['01', '23']);
    expect(picture(arrange([mixed], two, 1))).toEqual(['02', '13']);
  });

  it('holds nothing where there is nothing', () => {
    const none = arrange([{ shape: [1, 2, 0, 1], ids: ids() }], sizes, 0);
    expect([none.width, none.height, none.cells.count]).toEqual([0, 0, 0]);
  });

  it('gives every element-less-head-dim of any tensor one place of its own', () => {
    const dims = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(dims, fc.infiniteStream(fc.nat(15)), (shape, stream) => {
        const list = Int32Array.from({ length: product(shape) }, () =>
          at([stream.next().value], 0),
        );
        const { cells } = arrange([{ shape, ids: list }], sizes, 0);
        const places = Array.from(cells.x, (x, cell) => `${x}/${at(cells.y, cell)}`);
        expect(new Set(places).size).toBe(cells.count);
        expect(new Set(cells.place).size).toBe(cells.count);
      }),
    );
  });
});

describe('the stage', () => {
  const size = { width: 700, height: 430 };

  const kinds = [1, 2, 3, 4, 8, 16].flatMap((sp) =>
    (['heads', 'memory'] as const).map((picture) => ({ sp, picture })),
  );
  it.each(kinds)('keeps $sp cards and their cells inside ($picture)', ({ sp, picture }) => {
    const trace = mergeTrace(
      runWith({ implementation: 'deepspeed-6797', sp, seq: 2 * sp, heads: 16 }),
    );
    const { cards, insides, pitches } = layoutStage(trace, size, picture);
    expect(cards).toHaveLength(sp);
    for (const { x, y, width, height } of cards) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(size.width + 0.01);
      expect(y + height).toBeLessThanOrEqual(size.height + 0.01);
    }
    for (let tick = 0; tick < trace.ticks; tick++) {
      const pitch = at(pitches, tick);
      frameAt(trace, tick, picture).forEach((card, rank) => {
        expect(card.width * pitch.x).toBeLessThanOrEqual(at(insides, rank).width + 0.01);
        expect(card.height * pitch.y).toBeLessThanOrEqual(at(insides, rank).height + 0.01);
      });
    }
  });
});
