import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish, type Steps } from '../base/steps.ts';
import { judge, judgeInSteps } from '../core/judge/checks/index.ts';
import { anyCase, caseWith, runOf } from '../core/world/testing.ts';
import { mergeInSteps, mergeTrace } from '../trace/trace.ts';
import { inTurns } from './in-turns.ts';
import { show, showInSteps } from './shown.ts';
import { createRankscopeStore } from './store.ts';

const MANY_RANKS = caseWith({ implementation: 'deepspeed-6797', sp: 256, seq: 256, heads: 256 });

/** How many steps some work has. */
function countOf(steps: Steps<unknown>): number {
  let count = 1;
  while (!steps.next().done) count += 1;
  return count;
}

describe('judging in steps', () => {
  it('comes to the same as in one go', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        // Of two recordings: what is known of one is not to help the other.
        const [one, other] = [runOf(wanted), runOf(wanted)];
        expect(finish(judgeInSteps(one))).toEqual(judge(other));
        expect(finish(mergeInSteps(one))).toEqual(mergeTrace(other));
        const [inSteps, atOnce] = [finish(showInSteps(wanted, one)), show(wanted, other)];
        expect(inSteps.explanation).toEqual(atOnce.explanation);
      }),
      { numRuns: 150 },
    );
  });

  it('has steps for every rank, every call and every check', () => {
    const recording = runOf(MANY_RANKS);
    expect(countOf(mergeInSteps(recording))).toBeGreaterThan(2 * MANY_RANKS.sp);
    expect(countOf(judgeInSteps(recording))).toBeGreaterThan(MANY_RANKS.sp + 12);
  });

  it('has many for attention on one device', () => {
    const long = caseWith({ sp: 2, seq: 1024, heads: 2, headDim: 2, implementation: 'verl' });
    const steps = countOf(judgeInSteps(runOf(long)));
    expect(steps).toBeGreaterThan((2 * 1024 * 1024 * 2) / 2 ** 17);
  });
});

/** A clock that goes on by a millisecond whenever it is looked at. */
function clock(): () => number {
  let time = 0;
  return () => time++;
}

/** Work of so many steps; says how far it is. */
function* workOf(count: number, tell: (step: number) => void): Steps<string> {
  for (let step = 0; step < count; step++) {
    tell(step);
    yield;
  }
  return 'done';
}

describe('work in turns', () => {
  it('lets others have theirs in between, and says so', async () => {
    const order: string[] = [];
    // A timer's millisecond may be longer than all turns; this has its own after any one of them.
    setImmediate(() => order.push('other'));
    const work = workOf(100, () => order.push('step'));
    let turns = 0;
    const result = await inTurns(
      work,
      new AbortController().signal,
      () => {
        turns += 1;
      },
      clock(),
    );
    expect(result).toBe('done');
    expect(turns).toBeGreaterThan(1);
    expect(order).toContain('other');
    expect(order.indexOf('other')).toBeLessThan(order.lastIndexOf('step'));
  });

  it('is over at once where it is short', async () => {
    let turns = 0;
    const result = await inTurns(
      workOf(3, () => {}),
      new AbortController().signal,
      () => {
        turns += 1;
      },
    );
    expect([result, turns]).toEqual(['done', 0]);
  });

  it('is left where it is called off', async () => {
    const caller = new AbortController();
    let last = 0;
    const work = workOf(100, (step) => {
      last = step;
    });
    const result = inTurns(
      work,
      caller.signal,
      () => caller.abort(new Error('overtaken')),
      clock(),
    );
    await expect(result).rejects.toThrow('overtaken');
    expect(last).toBeLessThan(99);
  });
});

describe('a run that takes long to judge', () => {
  it('is being judged before it is done, and is overtaken meanwhile', async () => {
    // Attention on one device, of millions of multiplications: more than any machine does in a turn.
    const long = caseWith({ implementation: 'verl', sp: 2, seq: 2048, heads: 2, headDim: 1 });
    const store = createRankscopeStore((wanted) => Promise.resolve(runOf(wanted)));
    const statuses: unknown[] = [];
    let small: Promise<void> | null = null;
    store.subscribe(({ status }, before) => {
      if (status === before.status) return;
      statuses.push(status);
      if (status.kind !== 'running' || status.judging !== true || small !== null) return;
      small = store.getState().open(caseWith({}), 'settle');
    });
    await store.getState().open(long, 'settle');
    expect(small).not.toBeNull();
    await small;
    expect(statuses).toContainEqual({ kind: 'running', silence: null, judging: true });
    expect(store.getState().status).toEqual({ kind: 'done' });
    expect(store.getState().shown?.case).toEqual(caseWith({}));
  });
});
