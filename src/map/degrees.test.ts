import { describe, expect, it } from 'vitest';
import {
  degreeCases,
  degreesAsMarkdown,
  degreeTable,
  gainOf,
  type ModelHeads,
  rowOf,
  shortList,
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
    const verl = rowOf(table, 'verl');
    const repeated = table.rows.find(({ way }) => way.implementation === 'verl' && way.repeatsKv);
    expect(verl.legal).not.toContain(16);
    expect(repeated?.legal).toContain(16);
  });

  it('are told as Markdown, a row a way', () => {
    const lines = degreesAsMarkdown(table).split('\n');
    expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(table.rows.length + 1);
    expect(lines.at(-2)).toMatch(/^Legal everywhere: 1/);
  });

  it('are listed in runs', () => {
    expect(shortList([1, 2, 4, 9, 10, 11, 12])).toBe('1, 2, 4, 9 to 12');
    expect(shortList([])).toBe('none');
  });
});
