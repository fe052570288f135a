import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { runWith } from '../../core/world/testing.ts';
import { ALL_ROWS, emptyText, parseRanks, typingRanks } from '../../store/log-filter.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { foldsOf, rangesText, saysTheSame } from './folds.ts';
import { entryAt, firstAt, placedAt, rowsMatching, rowsOf } from './log-rows.ts';
import { foldText, headText, rowText } from './log-text.ts';

const trace = mergeTrace(runWith({}));
const rowsWith = (filter: Partial<typeof ALL_ROWS>, of = trace) =>
  rowsMatching(of, { ...ALL_ROWS, ...filter }, { from: 0, to: rowsOf(of).count });
const found = (filter: Partial<typeof ALL_ROWS>) =>
  rowsWith(filter).map((row) => entryAt(trace, row));

describe('the rows of the log', () => {
  it('are all events, once each, by tick and then by rank', () => {
    const rows = rowsWith({});
    expect(rows).toHaveLength(17 * 4);
    expect(rowsOf(trace).count).toBe(17 * 4);
    const order = rows.map((row) => {
      const { step, rank } = entryAt(trace, row);
      return step * 4 + rank;
    });
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });

  it('keep a rank’s own order within a tick', () => {
    const many = mergeTrace(runWith({ implementation: 'deepspeed-4198', batch: 2 }));
    const own = rowsWith({}, many)
      .filter((row) => entryAt(many, row).rank === 2)
      .map((row) => placedAt(many, row).index);
    expect(own).toEqual(at(many.lanes, 2).map(({ index }) => index));
  });

  it('find the moment under the cursor, or the next that is shown', () => {
    const all = rowsWith({});
    expect(firstAt(trace, all, 5)).toBe(20);
    const raised = rowsWith({ kind: 'exception' });
    expect(firstAt(trace, raised, 5)).toBe(0);
    const inputs = rowsWith({ kind: 'input', call: 'forward: pass 1 of q' });
    expect(firstAt(trace, inputs, 16)).toBe(3);
  });
});

describe('filters', () => {
  it('let through ranks, calls and kinds', () => {
    expect(new Set(found({ goodRanks: '1, 3' }).map(({ rank }) => rank))).toEqual(new Set([1, 3]));
    expect(new Set(found({ call: 'forward: pass 2 of o' }).map(({ call }) => call))).toEqual(
      new Set(['forward: pass 2 of o']),
    );
    expect(found({ kind: 'decision' })).toHaveLength(8);
    expect(found({ kind: 'decision', call: 'forward: pass 1 of q', goodRanks: '2' })).toHaveLength(
      1,
    );
  });

  it('find what an event says anywhere', () => {
    expect(found({ text: ' Rank 2 · forward: pass 2' })).toHaveLength(5);
    expect(found({ text: 'permute(' })).toHaveLength(8);
    expect(found({ text: 'must be larger' }).map(({ kind }) => kind)).toEqual([
      'exception',
      'exception',
      'exception',
      'exception',
    ]);
    expect(found({ text: 'coffee' })).toEqual([]);
  });

  it('read lists and stretches of ranks', () => {
    const of = (text: string) => {
      const parsed = parseRanks(text, 8);
      return parsed.ok ? [0, 1, 2, 3, 4, 5, 6, 7].filter(parsed.includes) : parsed.message;
    };
    expect(of('')).toHaveLength(8);
    expect(of('0, 2 5-7')).toEqual([0, 2, 5, 6, 7]);
    expect(of('1–2;')).toEqual([1, 2]);
    expect(of('nine')).toBe('“nine” is no rank; ranks are written as 0, 2 or 4-7');
    expect(of('8')).toBe('there is no rank 8; the ranks are 0 to 7');
    expect(of('5-2')).toBe('5-2 runs backwards; it is written as 2-5');
  });

  it('keep the last good ranks while one types', () => {
    const good = typingRanks(ALL_ROWS, '1', 4);
    const bad = typingRanks(good, '1-', 4);
    expect(bad).toMatchObject({ ranks: '1-', goodRanks: '1' });
    expect(typingRanks(bad, '1-2', 4).goodRanks).toBe('1-2');
  });

  it('say what was not found', () => {
    const none = {
      ...ALL_ROWS,
      text: 'coffee',
      goodRanks: '2',
      kind: 'local',
      call: 'forward: pass 1 of q',
    } as const;
    expect(emptyText(none)).toBe(
      'This run has no event of kind “local” in forward: pass 1 of q on rank 2 with “coffee”.',
    );
  });
});

describe('rows that say the same', () => {
  const folded = (of: typeof trace, opened: readonly number[] = []) => {
    const rows = Int32Array.from(rowsWith({}, of));
    const begins = Uint8Array.from(rows, (row, index) =>
      index > 0 && saysTheSame(of, row, at(rows, index - 1)) ? 0 : 1,
    );
    return foldsOf(of, rows, begins, new Set(opened));
  };

  it('are one row for all ranks, and open into one per rank', () => {
    const folds = folded(trace);
    expect(folds).toHaveLength(17);
    for (const { ranks, open } of folds) expect([ranks, open]).toEqual([[0, 1, 2, 3], false]);
    const { row } = at(folds, 3);
    const open = folded(trace, [row]);
    expect(open).toHaveLength(17 + 4);
    expect(open.slice(4, 8).map(({ ranks }) => ranks)).toEqual([[0], [1], [2], [3]]);
    expect(foldText(trace, at(folds, 16))).toContain('ranks 0–3 · forward: pass 2 of o · step 17');
  });

  it('stand for every event once, whatever ranks do', () => {
    const uneven = mergeTrace(runWith({ implementation: 'deepspeed-6797', heads: 9, sp: 4 }));
    const folds = folded(uneven);
    expect(folds.flatMap(({ ranks }) => ranks)).toHaveLength(rowsOf(uneven).count);
    expect(folds.some(({ ranks }) => ranks.length === 1)).toBe(true);
  });

  it('name their ranks as ranges', () => {
    expect(rangesText([0, 1, 2, 3])).toBe('0–3');
    expect(rangesText([0, 2, 3, 7])).toBe('0, 2–3, 7');
  });
});

describe('copied rows', () => {
  const [first, second] = rowsWith({ goodRanks: '0', text: 'assert' });
  const lines = (format: 'Markdown' | 'TSV') => [
    ...headText(format).split('\n'),
    ...[first, second].map((row) =>
      rowText(trace, { row: row ?? 0, ranks: [0], open: null }, format),
    ),
  ];

  it('are a table in Markdown', () => {
    expect(lines('Markdown')).toEqual([
      '| step | rank | call | kind | operation | shape before | shape after | sent | received | note |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '| 3 | 0 | forward: pass 1 of q | assertion | assert num_total_head % seq_world_size == 0 |  |  |  |  | holds |',
      '| 16 | 0 | forward: pass 2 of o | assertion | assert num_heads > seq_world_size |  |  |  |  | ✕ does not hold |',
    ]);
  });

  it('are lines of TSV', () => {
    expect(lines('TSV').map((line) => line.split('\t').length)).toEqual([10, 10, 10]);
    expect(lines('TSV')[1]).toBe(
      '3\t0\tforward: pass 1 of q\tassertion\tassert num_total_head % seq_world_size == 0\t\t\t\t\tholds',
    );
  });
});
