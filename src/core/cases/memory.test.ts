import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../base/numbers.ts';
import { IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import type { Recording } from '../recording/event.ts';
import { anyCase, caseWith, runOf } from '../world/testing.ts';
import { parseCase } from './case-input.ts';
import { estimateBytes, MAX_BYTES, mostRanks } from './memory.ts';

/** What objects take beside the numbers in them, in bytes, as V8 was measured to lay them out. */
const PER = { event: 160, mention: 100, storage: 200 };

/** Bytes of a recording: all numbers, the storages that hold them, events, and mentions of tensors. */
function bytesOf({ ranks }: Recording): number {
  return sum(
    ranks.map(({ events, storages }) => {
      const own = new Set(events);
      return (
        sum(storages.map((storage) => storage.byteLength + PER.storage)) +
        sum([...own].map((event) => PER.event + PER.mention * mentionsIn(event))) +
        sum(
          [...own].map((event) => {
            if (event.kind === 'attended') return event.full.byteLength + event.causal.byteLength;
            if (event.kind === 'offered') return 8 * (event.sends.length + event.expects.length);
            return 0;
          }),
        )
      );
    }),
  );
}

/** How many tensors an event speaks of. */
function mentionsIn(event: Recording['ranks'][number]['events'][number]): number {
  switch (event.kind) {
    case 'called':
    case 'returned':
    case 'attended':
      return 1;
    case 'local':
      return event.inputs.length + event.outputs.length;
    case 'offered':
      return event.inputs.length;
    case 'received':
      return event.outputs.length;
    default:
      return 0;
  }
}

describe('what the ranks may hold', () => {
  it('is said beforehand, and no run exceeds it', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        expect(bytesOf(runOf(wanted))).toBeLessThanOrEqual(estimateBytes(wanted));
      }),
      { numRuns: 400 },
    );
  });

  it.each(IMPLEMENTATIONS)('is enough for many ranks with many heads: $id', ({ id, layouts }) => {
    const program = 'layerForward';
    for (const [sp, heads] of [
      [1, 64],
      [2, 64],
      [16, 16],
      [48, 96],
    ] as const) {
      const fields = { implementation: id, program, sp, heads, kvHeads: heads } as const;
      const wanted = caseWith({ ...fields, seq: 2 * sp, headDim: 1, batchDimIdx: layouts[0] ?? 0 });
      expect(bytesOf(runOf(wanted))).toBeLessThanOrEqual(estimateBytes(wanted));
    }
  });

  it('grows with pairs of ranks where a list has a tensor for each peer', () => {
    for (const { id, lists = false, layouts } of IMPLEMENTATIONS) {
      const small = caseWith({ implementation: id, sp: 2, batchDimIdx: layouts[0] ?? 0 });
      const events = runOf(small).ranks.flatMap((rank) => rank.events);
      const offered = events.flatMap((event) => (event.kind === 'offered' ? [event] : []));
      expect(offered.some(({ collective }) => collective.kind === 'all_to_all')).toBe(lists);
    }
  });

  it('counts heads that are repeated', () => {
    const sizes = { sp: 8, heads: 8, kvHeads: 1, seq: 64, headDim: 64 };
    const plain = caseWith({ ...sizes, program: 'layerForward' });
    expect(estimateBytes({ ...plain, kvRepeat: 'in-place' })).toBeGreaterThan(
      1.5 * estimateBytes(plain),
    );
  });
});

describe('a case of lists that is too large', () => {
  const listed = { implementation: 'verl', batch: 1, headDim: 1, batchDimIdx: 0 };

  it('names the ranks, the limit, and how many would do', () => {
    const parsed = parseCase({ ...listed, sp: 640, seq: 640, heads: 640 });
    if (parsed.ok) throw new Error('it was taken');
    const [{ field, message } = { field: '', message: '' }] = parsed.problems;
    expect(field).toBe('sp');
    expect(message).toMatch(
      /^sp is 640; .* hold about [\d,]+ MB on its ranks; the limit is 256 MB\. At most (\d+) ranks fit\.$/,
    );
    const most = Number(/At most (\d+)/.exec(message)?.[1]);
    const isTaken = (sp: number) => parseCase({ ...listed, sp, seq: sp, heads: 640 }).ok;
    expect(isTaken(most)).toBe(true);
  });

  it('has no number of ranks with which its calls fit, where there are too many calls', () => {
    const calls = Array.from({ length: 64 }, () => ({
      tensor: 'q',
      heads: 1024,
      pass: 1 as const,
    }));
    const many = { ...listed, implementation: 'yunchang-async', sp: 1, seq: 1, heads: 1024, calls };
    const parsed = parseCase(many);
    expect(parsed.ok ? [] : parsed.problems).toMatchObject([{ field: 'calls' }]);
  });

  it('fits with the number of ranks that is said', () => {
    const sizes = fc.record({
      sp: fc.integer({ min: 2, max: 1024 }),
      seq: fc.integer({ min: 1, max: 4096 }),
    });
    fc.assert(
      fc.property(sizes, (size) => {
        const wanted = caseWith({ implementation: 'verl', heads: 640, headDim: 1, ...size });
        const most = mostRanks(wanted);
        if (most === 0) return;
        expect(estimateBytes({ ...wanted, sp: most })).toBeLessThanOrEqual(MAX_BYTES);
      }),
    );
  });
});
