import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sum } from '../base/numbers.ts';
import type { Recording } from './event.ts';
import { estimateBytes } from './memory.ts';
import { anyCase, caseWith, runOf } from './testing.ts';

/** Bytes of all numbers that a recording holds. */
function bytesOf({ ranks }: Recording): number {
  return sum(
    ranks.flatMap(({ events, storages }) => [
      ...storages.map((storage) => storage.byteLength),
      ...events.map((event) => {
        if (event.kind === 'attended') return event.full.byteLength + event.causal.byteLength;
        if (event.kind === 'offered') return 4 * (event.sends.length + event.expects.length);
        return 0;
      }),
    ]),
  );
}

it('says beforehand what no run exceeds', () => {
  fc.assert(
    fc.property(anyCase, (wanted) => {
      expect(bytesOf(runOf(wanted))).toBeLessThanOrEqual(estimateBytes(wanted));
    }),
    { numRuns: 400 },
  );
});

it('counts heads that are repeated', () => {
  const plain = caseWith({ sp: 8, heads: 8, kvHeads: 1, headDim: 64, program: 'layerForward' });
  expect(estimateBytes({ ...plain, kvRepeat: 'in-place' })).toBeGreaterThan(
    1.5 * estimateBytes(plain),
  );
});
