import { describe, expect, it } from 'vitest';
import { eventsByCall } from '../recording/event.ts';
import { runWith } from '../world/testing.ts';

const uneven = { implementation: 'deepspeed-8317', sp: 2, batch: 1, batchDimIdx: 0 } as const;

const endings = (patch: Parameters<typeof runWith>[0]) =>
  runWith({ ...uneven, ...patch }).ranks.map((ranked) => {
    const last = eventsByCall(ranked).at(-1)?.events.at(-1);
    if (last?.kind === 'raised') return last.message;
    return last?.kind === 'returned' ? last.output.shape.join(' × ') : last?.kind;
  });

describe('the uneven path', () => {
  it('puts the sequence together along the gather index that its caller gave', () => {
    expect(endings({ heads: 7, seq: 8, headDim: 2 })).toEqual(['1 × 4 × 7 × 2', '1 × 4 × 7 × 2']);
    expect(endings({ heads: 7, seq: 8, headDim: 2, gatherIdx: 0 })).toEqual([
      "shape '[1, 2, 4, 2]' is invalid for input of size 64",
      "shape '[1, 2, 3, 2]' is invalid for input of size 48",
    ]);
  });

  it('sizes what comes back in floating point', () => {
    expect(endings({ heads: 13, seq: 4, headDim: 8 })).toEqual([
      '1 × 2 × 13 × 8',
      '1 × 2 × 13 × 8',
    ]);
    expect(endings({ heads: 13, seq: 4, headDim: 9 })).toEqual([
      'abandoned',
      "Split sizes doesn't match total dim 0 size",
    ]);
    expect(endings({ heads: 59, seq: 2, headDim: 3 })).toEqual([
      '1 × 1 × 59 × 3',
      "shape '[1, 1, 58, 3]' is invalid for input of size 177",
    ]);
  });
});
