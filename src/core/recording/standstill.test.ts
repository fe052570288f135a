import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { anyCase, anyStopIn, caseWith, runOf } from '../world/testing.ts';
import type { RankRecording } from './event.ts';
import { hasEnded, type StopAt } from './standstill.ts';

/** Storages into which pieces landed that `events` do not tell of yet. */
function landedAfter({ events }: RankRecording, told: number): Set<number> {
  const later = events
    .slice(told)
    .flatMap((event) => (event.kind === 'received' ? event.outputs : []));
  return new Set(later.map(({ storage }) => storage));
}

const stoppedCase = anyCase.chain((wanted) =>
  fc.record({ wanted: fc.constant(wanted), until: anyStopIn(wanted) }),
);

describe('ranks that stop', () => {
  it('leave the beginning of what they leave when they do not', () => {
    fc.assert(
      fc.property(stoppedCase, ({ wanted, until }) => {
        const whole = runOf(wanted);
        const stopped = runOf(wanted, until);
        stopped.ranks.forEach((rank, index) => {
          const goesOn = at(whole.ranks, index);
          expect(rank.events).toEqual(goesOn.events.slice(0, rank.events.length));
          const landed = landedAfter(goesOn, rank.events.length);
          rank.storages.forEach((ids, storage) => {
            if (!landed.has(storage)) expect(ids).toEqual(goesOn.storages[storage]);
          });
        });
        expect(hasEnded(whole)).toBe(true);
        if (hasEnded(stopped)) expect(stopped).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  const wanted = caseWith({ implementation: 'deepspeed-6797' });
  /** What rank 0 did last, and how many calls it began. */
  const endOf = (until: StopAt, of = wanted) => {
    const { events } = at(runOf(of, until).ranks, 0);
    const last = events.at(-1);
    const calls = events.filter(({ kind }) => kind === 'called').length;
    return [last?.kind === 'local' ? last.name : last?.kind, calls];
  };

  it.each<[StopAt, string, number]>([
    [{ call: 0, last: { what: 'called', count: 1 } }, 'called', 1],
    [{ call: 0, last: { what: 'permute', count: 1 } }, 'permute', 1],
    [{ call: 0, last: { what: 'permute', count: 2 } }, 'permute', 1],
    [{ call: 0, last: { what: 'offered', count: 1 } }, 'offered', 1],
    [{ call: 1, last: { what: 'received', count: 1 } }, 'received', 2],
    [{ call: 0, last: { what: null, count: 3 } }, 'guarded', 1],
    [{ call: 0, last: null }, 'returned', 1],
    [{ call: 0, last: { what: 'raised', count: 1 } }, 'returned', 1],
  ])('%j: at the end of %s', (until, kind, calls) => {
    expect(endOf(until)).toEqual([kind, calls]);
  });

  it('do not leave others waiting for them: whoever comes to a collective stands in it', () => {
    const raising = { ...wanted, fault: { kind: 'raises-before', rank: 2, call: 1 } } as const;
    const { ranks } = runOf(raising, { call: 1, last: { what: 'raised', count: 1 } });
    expect(ranks.map(({ events }) => events.at(-1)?.kind)).toEqual([
      'offered',
      'offered',
      'raised',
      'offered',
    ]);
  });
});
