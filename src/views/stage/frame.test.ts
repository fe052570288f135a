import { describe, expect, it } from 'vitest';
import { assert } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { runAlike } from '../../engine/alike.ts';
import type { Recording } from '../../engine/event.ts';
import { findImplementation } from '../../engine/implementations/index.ts';
import { caseWith } from '../../engine/testing.ts';
import { runWorld } from '../../engine/world.ts';
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
