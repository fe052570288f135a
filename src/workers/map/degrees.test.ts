import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import type { Model } from '../../core/cases/models/model.ts';
import { type Case, PROGRAMS } from '../../core/contract/case.ts';
import { caseWith } from '../../core/world/testing.ts';
import {
  degreeCase,
  degreeCases,
  degreesAsMarkdown,
  degreeTable,
  gainOf,
  legalInMost,
  rowOf,
  shortList,
  usualDegrees,
  waysFor,
} from './degrees.ts';
import { judgeCase } from './judge-field.ts';
import { settingOf } from './setting.ts';

function modelWith(heads: number, kvHeads: number, name = 'Llama 3.1 8B'): Model {
  return { name, kinds: [{ name: 'attention', heads, kvHeads, headDim: null }] };
}

/** The table of a model under a case’s setting. */
function tableOf(wanted: Case, model: Model) {
  const setting = settingOf(wanted);
  return degreeTable(setting, model, degreeCases(setting, model).map(judgeCase));
}

const LLAMA = modelWith(32, 8);
const FORWARD = caseWith({ program: 'layerForward' });
const table = tableOf(FORWARD, LLAMA);

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
      ({ way }) => way.implementation === 'yunchang-4d' && way.kvRepeat !== null,
    );
    expect(yunchang.legal).not.toContain(16);
    expect(repeated?.legal).toContain(16);
  });

  it('are told as Markdown, a row a way', () => {
    const lines = degreesAsMarkdown(table, usualDegrees(LLAMA)).split('\n');
    expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(table.rows.length + 1);
    expect(lines.at(-2)).toBe(
      `No degree works in every implementation. SP 1, 2, 4, 8 work in ${table.nearly.ways} of ${table.rows.length}.`,
    );
  });

  it('are said to be legal in nearly all ways, and in how many at least', () => {
    const counts = [1, 2, 4, 8].map(
      (degree) => table.rows.filter(({ legal }) => legal.includes(degree)).length,
    );
    expect(table.nearly).toEqual({ degrees: [1, 2, 4, 8], ways: Math.min(...counts) });
    expect(Math.min(...counts)).toBeLessThan(table.rows.length);
    const same = tableOf(FORWARD, modelWith(8, 8));
    expect(same.everywhere).toEqual([]);
    expect(legalInMost(same)).toMatch(/^No degree works in every implementation\. SP 1, 2,/);
  });

  it('judge what the case runs: 8 KV heads on 4 ranks raise in the backward of 0.15.4', () => {
    const model = modelWith(32, 8);
    const whole = tableOf(caseWith({ program: 'layerForwardBackward' }), model);
    expect(whole.scope).toBe('q, k, v, forward and backward');
    expect(table.scope).toBe('q, k, v, forward only');
    expect(rowOf(table, 'deepspeed-6392').legal).toContain(4);
    expect(rowOf(whole, 'deepspeed-6392').legal).toEqual([1, 2]);
    expect(rowOf(whole, 'deepspeed-6797').legal).toEqual(expect.arrayContaining([4, 8]));
  });

  it('judge the rule of the case, in a row of its own, and never under the published name', () => {
    const condition = 'num_heads % seq_world_size != 0 and scatter_idx == 2';
    const edited = tableOf(caseWith({ program: 'layerForwardBackward', condition }), LLAMA);
    const [own] = edited.rows;
    expect(own?.way.title).toBe('DeepSpeed 0.15.4 + edited rule');
    expect(own?.legal).toContain(8);
    expect(rowOf(edited, 'deepspeed-6392').legal).not.toContain(8);
  });

  it('are those of every kind of layer; a cell names the one that fails', () => {
    const kinds = [
      { name: 'sliding attention', heads: 32, kvHeads: 16, headDim: null },
      { name: 'full attention', heads: 32, kvHeads: 4, headDim: null },
    ];
    const wanted = caseWith({ implementation: 'yunchang-4d', program: 'layerForwardBackward' });
    const both = tableOf(wanted, { name: 'gemma4', kinds });
    expect(at(both.rows, 0).legal).toEqual([1, 2, 4]);
    expect(at(both.rows, 0).cells[7]?.short).toMatch(/^full attention: /);
  });

  it('come from cases that are as small as they can be and still tell the same', () => {
    const model = fc.record({
      heads: fc.constantFrom(1, 6, 7, 8, 9, 12, 14, 20, 28, 40),
      ratio: fc.constantFrom(1, 2, 3, 4, 7, 8),
    });
    const job = fc.record({
      batch: fc.integer({ min: 1, max: 5 }),
      batchDimIdx: fc.constantFrom<0 | 1>(0, 1),
      program: fc.constantFrom(...PROGRAMS),
      seq: fc.constantFrom(4, 8, 12, 20),
      headDim: fc.integer({ min: 1, max: 5 }),
    });
    const place = fc.tuple(fc.integer({ min: 1, max: 24 }), fc.nat());
    fc.assert(
      fc.property(model, job, place, ({ heads, ratio }, fields, [sp, draw]) => {
        fc.pre(heads % ratio === 0);
        const setting = settingOf(caseWith(fields));
        const one = modelWith(heads, heads / ratio);
        const kind = at(one.kinds, 0);
        const ways = waysFor(setting, one);
        const way = at(ways, draw % ways.length);
        const small = degreeCase(setting, way, kind, sp);
        // Every batch entry and token, all of the head dim, and KV heads repeated even where none are scarce.
        const whole: Case = {
          ...small,
          ...(way.kvRepeat === null ? {} : { kvRepeat: way.kvRepeat }),
          batch: fields.batch,
          seq: (fields.seq / 4) * sp,
          headDim: fields.headDim,
        };
        const { verdict, short } = judgeCase(whole);
        expect(judgeCase(small)).toMatchObject({ verdict, short });
      }),
      { numRuns: 400 },
    );
  });

  it('are judged once where cells are the same run', () => {
    const cases = degreeCases(settingOf(FORWARD), LLAMA);
    const repeated = waysFor(settingOf(FORWARD), LLAMA).filter(
      (way) => way.kvRepeat !== null,
    ).length;
    // With 8 KV heads, there is something to repeat from 16 ranks on.
    expect(cases.length - new Set(cases).size).toBe(15 * repeated);
  });

  it('are listed in runs', () => {
    expect(shortList([1, 2, 4, 9, 10, 11, 12])).toBe('1, 2, 4, 9 to 12');
    expect(shortList([])).toBe('none');
  });
});
