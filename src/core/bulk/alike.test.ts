import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findImplementation } from '../programs/implementations/index.ts';
import type { Recording } from '../recording/event.ts';
import { anyCase, caseWith } from '../world/testing.ts';
import { runWorld } from '../world/world.ts';
import { runAlike } from './alike.ts';

function both(wanted: ReturnType<typeof caseWith>) {
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error(`no ${wanted.implementation}`);
  return {
    once: runAlike(wanted, implementation),
    each: runWorld(wanted, implementation, { attention: false }),
  };
}

/** Nothing but what every recording has: events and storages. */
function seenOf({ ranks, ...recording }: Recording): Recording {
  return { ...recording, ranks: ranks.map(({ events, storages }) => ({ events, storages })) };
}

describe('running alike ranks once', () => {
  it('leaves the recording that running each of them leaves, whatever the case', () => {
    fc.assert(
      fc.property(anyCase, ({ fault: _, ...wanted }) => {
        const { once, each } = both(wanted);
        expect(seenOf(once)).toEqual(seenOf(each));
      }),
      { numRuns: 600 },
    );
  });

  it('shares the events of ranks that do the same, and parts those that do not', () => {
    const even = both(caseWith({ implementation: 'deepspeed-6797', heads: 8 })).once;
    expect(new Set(even.ranks.map(({ events }) => events)).size).toBe(1);
    const uneven = both(caseWith({ implementation: 'deepspeed-6797', heads: 9 })).once;
    expect(
      uneven.ranks.map(({ events }) => uneven.ranks.findIndex((one) => one.events === events)),
    ).toEqual([0, 1, 1, 1]);
  });
});
