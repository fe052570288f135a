import { describe, expect, it } from 'vitest';
import { assert } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { runAlike } from '../../core/bulk/alike.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Recording } from '../../core/recording/event.ts';
import { caseWith } from '../../core/world/testing.ts';
import { runWorld } from '../../core/world/world.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { frameAt } from './frame.ts';

describe('what a card shows', () => {
  it('is its own rank’s, where ranks that do the same share their events', () => {
    const c = caseWith({ implementation: 'deepspeed-6797', sp: 4, heads: 8 });
    const implementation = findImplementation(c.implementation);
    assert(implementation !== undefined, 'a published implementation');
    const shownOf = (recording: Recording) => {
      const trace = mergeTrace(recording);
      return (['heads', 'memory'] as const).map((picture) =>
        range(trace.ticks).map((tick) =>
          frameAt(trace, tick, picture).map(({ held, given }) =>
            [held, given].map((part) => part?.arrangement.tensors.map(({ ids }) => [...ids])),
          ),
        ),
      );
    };
    expect(shownOf(runAlike(c, implementation))).toEqual(
      shownOf(runWorld(c, implementation, { attention: false })),
    );
  });
});
