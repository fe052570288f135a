import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runsOf } from '../../core/recording/runs.ts';
import type { Header } from '../../core/recording/settle.ts';
import { openParcel, parcelHead } from './parcel.ts';

const counts = fc.array(fc.nat(3), { maxLength: 12 }).map(runsOf);
const anyHeader: fc.Arbitrary<Header> = fc.oneof(
  fc.record({
    kind: fc.constant('exchange' as const),
    collective: fc.constantFrom('all_to_all_single', 'all_to_all', 'all_gather'),
    sends: counts,
    expects: counts,
  }),
  fc.record({ kind: fc.constant('call-end' as const), failed: fc.boolean() }),
  fc.constant({ kind: 'lost' as const }),
  fc.constant({ kind: 'standing' as const }),
);

it('a parcel is opened as what was put into it', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.array(anyHeader, { maxLength: 4 }),
      fc.int32Array(),
      (run, round, headers, pieces) => {
        const { buffer } = Int32Array.of(...parcelHead(run, round, headers), ...pieces);
        expect(openParcel(buffer)).toEqual({ run, round, headers, pieces });
      },
    ),
  );
});
