import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { type Case, callsOf } from '../engine/case.ts';
import {
  degreeCases,
  degreesAsMarkdown,
  degreeTable,
  gainOf,
  legalInMost,
  type ModelHeads,
  rowOf,
  shortList,
  waysFor,
} from './degrees.ts';
import { judgeCase } from './judge-field.ts';

const LLAMA: ModelHeads = { name: 'Llama 3.1 8B', heads: 32, kvHeads: 8 };
const table = degreeTable(LLAMA, degreeCases(LLAMA, { batch: 1, batchDimIdx: 0 }).map(judgeCase));

describe('the legal degrees of a model', () => {
  it('are those in which every element comes home', () => {
    expect(rowOf(table, 'deepspeed-6797').legal).toEqual(expect.arrayContaining([1, 2, 4, 8]));
    expect(rowOf(table, 'deepspeed-6392').legal).not.toContain(8);
    expect(rowOf(table, 'deepspeed-6392').cells[7]?.short).toMatch(/raises/);
  });

  it('tell what an upgrade gains, and what repeating KV heads does', () => {
    const [old, repaired] = [rowOf(table, 'deepspeed-6392'), rowOf(table, 'deepspeed-6797')];
    expect(gainOf(old, repaired)).toMatch(/^DeepSpeed 0\.16\.2 makes SP .*8.* legal/);
    expect(gainOf(repaired, repaired)).toBeNull();
    // verl's caller repeats by itself; yunchang leaves it to whoever calls it.
    expect(rowOf(table, 'verl').legal).toContain(16);
    const yunchang = rowOf(table, 'yunchang-4d');
    const repeated = table.rows.find(
      ({ way }) => way.implementation === 'yunchang-4d' && way.repeatsKv,
    );
    expect(yunchang.legal).not.toContain(16);
    expect(repeated?.legal).toContain(16);
  });

  it('are told as Markdown, a row a way', () => {
    const lines = degreesAsMarkdown(table).split('\n');
    expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(table.rows.length + 1);
    expect(lines.at(-2)).toBe(
      `Legal everywhere: none. In at least ${table.nearly.ways} of ${table.rows.length} ways: SP 1, 2, 4, 8.`,
    );
  });

  it('are said to be legal in nearly all ways, and in how many at least', () => {
    const counts = [1, 2, 4, 8].map(
      (degree) => table.rows.filter(({ legal }) => legal.includes(degree)).length,
    );
    expect(table.nearly).toEqual({ degrees: [1, 2, 4, 8], ways: Math.min(...counts) });
    expect(Math.min(...counts)).toBeLessThan(table.rows.length);
    const plain: ModelHeads = { name: '', heads: 8, kvHeads: 8 };
    const same = degreeTable(
      plain,
      degreeCases(plain, { batch: 1, batchDimIdx: 0 }).map(judgeCase),
    );
    expect(same.everywhere).toEqual([1]);
    expect(legalInMost(same)).toMatch(
      /^Legal everywhere: SP 1\. In at least 1\d of 20 ways: SP 1, 2,/,
    );
  });

  it('come from cases that are as small as they can be and still tell the same', () => {
    const model = fc.record({
      heads: fc.constantFrom(1, 6, 7, 8, 9, 12, 14, 20, 28, 40),
      ratio: fc.constantFrom(1, 2, 3, 4, 7, 8),
    });
    const job = fc.record({
      batch: fc.integer({ min: 1, max: 5 }),
      batchDimIdx: fc.constantFrom<0 | 1>(0, 1),
    });
    const place = fc.tuple(fc.integer({ min: 1, max: 24 }), fc.nat());
    fc.assert(
      fc.property(model, job, place, ({ heads, ratio }, layout, [sp, draw]) => {
        fc.pre(heads % ratio === 0);
        const one: ModelHeads = { name: '', heads, kvHeads: heads / ratio };
        const ways = waysFor(one);
        const row = draw % ways.length;
        const small = at(degreeCases(one, layout), (sp - 1) * ways.length + row);
        // Values too, every batch entry, and KV heads repeated even where none are scarce.
        const whole: Case = {
          ...small,
          ...(at(ways, row).repeatsKv ? { kvRepeat: 'in-place' as const } : {}),
          batch: layout.batch,
          calls: callsOf('layerForward', one.heads, one.kvHeads),
        };
        const { verdict, short } = judgeCase(whole);
        expect(judgeCase(small)).toMatchObject({ verdict, short });
      }),
      { numRuns: 400 },
    );
  });

  it('are judged once where cells are the same run', () => {
    const cases = degreeCases(LLAMA, { batch: 1, batchDimIdx: 0 });
    const repeated = waysFor(LLAMA).filter(({ repeatsKv }) => repeatsKv).length;
    // With 8 KV heads, there is something to repeat from 16 ranks on.
    expect(cases.length - new Set(cases).size).toBe(15 * repeated);
  });

  it('are listed in runs', () => {
    expect(shortList([1, 2, 4, 9, 10, 11, 12])).toBe('1, 2, 4, 9 to 12');
    expect(shortList([])).toBe('none');
  });
});
