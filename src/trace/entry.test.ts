import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { anyCase, runOf, runWith } from '../core/world/testing.ts';
import { entryOf, quoteText } from './entry.ts';
import { mergeTrace } from './trace.ts';

/** What rank 1 did, quoted. */
function quotes(patch: Parameters<typeof runWith>[0]): string[] {
  const trace = mergeTrace(runWith(patch));
  return at(trace.lanes, 1).map(({ index }) => quoteText(entryOf(trace, 1, index)));
}

describe('an event in words', () => {
  it('is told as an issue would quote it', () => {
    const told = quotes({});
    expect(told.slice(0, 5)).toEqual([
      'rank 1 · forward: pass 1 of q · step 1: input [1, 2, 8, 2]',
      'rank 1 · forward: pass 1 of q · step 2: if get_num_kv_heads() is not None or num_heads % seq_world_size != 0 (8 % 4 = 0: even path)',
      'rank 1 · forward: pass 1 of q · step 3: assert num_total_head % seq_world_size == 0 (holds)',
      'rank 1 · forward: pass 1 of q · step 4: reshape(1, 2, 4, 2, 2) [1, 2, 8, 2] → [1, 2, 4, 2, 2] (nothing moves in memory)',
      'rank 1 · forward: pass 1 of q · step 5: permute(2, 0, 1, 3, 4) [1, 2, 4, 2, 2] → [4, 1, 2, 2, 2] (nothing moves in memory)',
    ]);
    expect(told.slice(-2)).toEqual([
      'rank 1 · forward: pass 2 of o · step 16: assert num_heads > seq_world_size (does not hold)',
      'rank 1 · forward: pass 2 of o · step 17: AssertionError (Number of heads (2) must be larger than sequence parallel size (4))',
    ]);
  });

  it('says what leaves and what lands', () => {
    const told = quotes({
      implementation: 'deepspeed-6797',
      sp: 2,
      heads: 9,
      kvHeads: 1,
      program: 'layerForward',
    });
    expect(told).toContain(
      'rank 1 · forward: pass 1 of q · step 8: all_to_all_single [9, 4, 1, 2] sends 72 elements (input [9, 4, 1, 2], output [8, 4, 1, 2], input splits [5, 4], output splits [4, 4])',
    );
    expect(told).toContain(
      'rank 1 · forward: pass 1 of q · step 9: the pieces land [8, 4, 1, 2] receives 64 elements',
    );
  });

  it('says what was returned wrong', () => {
    const silent = quotes({ implementation: 'deepspeed-5664' });
    expect(silent.at(-1)).toContain(
      'return [1, 2, 8, 2] [1, 2, 8, 2] (28 of 32 elements are wrong)',
    );
    const shape = quotes({ implementation: 'deepspeed-6750', heads: 16, batchDimIdx: 1 });
    expect(shape.at(-1)).toContain('(should be [2, 1, 16, 2])');
  });

  it('says for whom it is waited in vain', () => {
    const fault = { kind: 'terminates', rank: 2, call: 1 } as const;
    expect(quotes({ implementation: 'deepspeed-6797', fault }).at(-1)).toMatch(
      /: waits for rank 2 \(forever: it never reaches this collective\)$/,
    );
    const headless = { implementation: 'deepspeed-6797', numKvHeadsBefore: 2 };
    expect(quotes(headless).at(-1)).toMatch(
      /: waits for 2 ranks \(forever: ranks 2 and 3 never reach this collective\)$/,
    );
  });

  it('is there for everything that can happen', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const trace = mergeTrace(runOf(wanted));
        trace.lanes.forEach((lane, rank) => {
          for (const { index } of lane) {
            const entry = entryOf(trace, rank, index);
            expect(entry.operation).not.toBe('');
            expect(quoteText(entry)).not.toMatch(/undefined|NaN| \(\)| {2}/);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
