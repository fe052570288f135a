import { describe, expect, it } from 'vitest';
import { finish } from '../../base/steps.ts';
import { arrange } from './arrange.ts';
import { blocksOf } from './blocks.ts';
import type { Elements } from './cells.ts';
import { paletteOf } from './palette.ts';

/** 4 heads and 4 tokens on 2 ranks: heads 0–1 and tokens 0–1 belong to rank 0. */
const sizes = { batch: 1, seq: 4, heads: 4, headDim: 1 };
const palette = paletteOf(
  sizes,
  2,
  [
    [0, 1],
    [2, 3],
  ],
  'light',
  'head',
);

function blocks(elements: Elements): string[] {
  const arrangement = arrange([elements], sizes, 0);
  return finish(blocksOf(arrangement, palette)).list.map((block) => {
    const chip = palette.chipOf(block.id);
    return `${block.width} × ${block.height} at ${block.x}, ${block.y}: home ${chip}`;
  });
}

describe('blocks', () => {
  it('before pass 1 a rank has a block of heads for every rank', () => {
    const shard = { shape: [1, 2, 4, 1], ids: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7) };
    expect(blocks(shard)).toEqual(['2 × 2 at 0, 0: home 0', '2 × 2 at 2, 0: home 0']);
  });

  it('after pass 1 a rank has a block of tokens from every rank', () => {
    const shard = { shape: [1, 4, 2, 1], ids: Int32Array.of(0, 1, 4, 5, 8, 9, 12, 13) };
    expect(blocks(shard)).toEqual(['2 × 2 at 0, 0: home 0', '2 × 2 at 0, 2: home 1']);
  });

  it('an element in a foreign place breaks its block', () => {
    const shard = { shape: [1, 2, 4, 1], ids: Int32Array.of(0, 1, 2, 3, 4, 7, 6, 5) };
    expect(blocks(shard)).toHaveLength(5);
  });

  it('cells know their block', () => {
    const shard = { shape: [1, 2, 4, 1], ids: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7) };
    const { ofCell } = finish(blocksOf(arrange([shard], sizes, 0), palette));
    expect([...ofCell]).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  });
});
