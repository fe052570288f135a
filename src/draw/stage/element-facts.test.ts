import { describe, expect, it } from 'vitest';
import { caseWith, runOf, runWith } from '../../core/world/testing.ts';
import { momentsOf } from '../../trace/moment.ts';
import { mergeTrace, type Trace } from '../../trace/trace.ts';
import { factsOf } from './element-facts.ts';
import { firstWrongAt } from './first-wrong.ts';
import { followed } from './follow.ts';

const good = mergeTrace(runWith({ implementation: 'deepspeed-6797' }));
/** Sequence first with a batch: pass 2 of #4695 mixes the batch into the sequence. */
const wrong = mergeTrace(
  runWith({ implementation: 'deepspeed-4695', sp: 2, heads: 4, batch: 2, batchDimIdx: 1 }),
);

function returned(trace: Trace, call: number): number {
  const moment = momentsOf(trace).findLast((one) => one.kind === 'returned' && one.call === call);
  if (moment === undefined) throw new Error(`call ${call} returns`);
  return moment.tick;
}

const element = { rank: 0, tensor: 0, place: 6 };

describe('the facts of an element', () => {
  it('say where it is, whose it is, and where it goes', () => {
    expect(factsOf(good, 0, element, false)).toEqual({
      name: '(b 0, s 0, h 3, d 0)',
      lines: [
        'on rank 0, at [0, 0, 3, 0] of [1, 2, 8, 2]',
        'home rank 0',
        'goes to rank 1 at [0, 0, 1, 0]',
      ],
      wrong: false,
    });
  });

  it('do not say where it goes while ranks stand before they know', () => {
    const wanted = caseWith({ implementation: 'deepspeed-6797' });
    for (const call of [0, 1]) {
      const until = { call, last: { what: 'offered', count: 1 } };
      const standing = mergeTrace(runOf(wanted, until));
      const facts = factsOf(standing, standing.ticks - 1, element, false);
      expect(facts?.lines.join('; ')).toContain('on rank 0');
      expect(facts?.lines.join('; ')).not.toMatch(/goes to|belongs/);
    }
  });

  it('say of all the head dim at once', () => {
    expect(factsOf(good, 0, element, true)?.name).toBe('(b 0, s 0, h 3, d 0–1)');
  });

  it('say who sent it, and that it is right', () => {
    const tick = returned(good, 0);
    expect(factsOf(good, tick, { rank: 1, tensor: 0, place: 2 }, false)?.lines).toEqual([
      'on rank 1, at [0, 0, 1, 0] of [1, 8, 2, 2]',
      'home rank 0, sent by rank 0 in this call',
      '✓ belongs here',
    ]);
  });

  it('say where a misplaced element belongs', () => {
    const tick = returned(wrong, 1);
    const facts = factsOf(wrong, tick, { rank: 0, tensor: 0, place: 4 }, false);
    expect(facts?.wrong).toBe(true);
    expect(facts?.name).toBe('(b 1, s 0, h 0, d 0)');
    expect(facts?.lines.at(-1)).toBe('✕ belongs on rank 0 at [0, 1, 0, 0]');
  });

  it('know nothing of a place that is not there', () => {
    expect(factsOf(good, 0, { rank: 0, tensor: 5, place: 0 }, false)).toBeNull();
  });
});

describe('the first wrong element', () => {
  it('is marked where it lies and where it belongs', () => {
    expect(firstWrongAt(wrong, returned(wrong, 1))).toEqual({
      lies: { rank: 0, tensor: 0, place: 4 },
      belongs: { rank: 0, tensor: 0, place: 8 },
      words: { lies: '✕ (b 1, s 0, h 0, d 0) lies here', belongs: 'it belongs here' },
    });
  });

  it('is none where all is right, or nobody returns', () => {
    expect(firstWrongAt(good, returned(good, 1))).toBeNull();
    expect(firstWrongAt(wrong, 0)).toBeNull();
  });
});

describe('an element that is followed', () => {
  const picked = { tick: 0, ...element };

  it('is where the passes bring it', () => {
    expect(followed(good, picked, 0)).toEqual([element]);
    expect(followed(good, picked, returned(good, 0))).toEqual([{ rank: 1, tensor: 0, place: 2 }]);
    expect(followed(good, picked, returned(good, 1))).toEqual([element]);
  });

  it('is nowhere in the calls of another tensor', () => {
    const layer = mergeTrace(
      runWith({ implementation: 'deepspeed-6797', program: 'layerForward' }),
    );
    expect(followed(layer, picked, returned(layer, 1))).toEqual([]);
    expect(followed(layer, picked, returned(layer, 3))).toEqual([element]);
  });
});
