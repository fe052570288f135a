import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { product } from '../base/numbers.ts';
import type { RankEvent } from '../core/recording/event.ts';
import { elementAt } from '../core/recording/recorded-tensor.ts';
import { anyCase, runOf, runWith } from '../core/world/testing.ts';
import { operationText } from './moment.ts';
import { type Journey, journeyOf, whereAt } from './provenance.ts';
import { rankStateAt, stateAt } from './state.ts';
import { mergeTrace, type Trace } from './trace.ts';

/** "reshape r1 [0, 1, 0, 1, 0]": the own way of an element, an event a line. */
function told(journey: Journey | null): string[] {
  return (journey?.hops ?? [])
    .filter(({ own }) => own)
    .map(({ placed, rank, index, sender, moved }) => {
      const name = placed.event.kind === 'local' ? operationText(placed.event) : placed.event.kind;
      const from = sender === null ? '' : ` from rank ${sender}`;
      return `rank ${rank}: ${name} [${index.join(', ')}]${moved ? ' moved' : ''}${from}`;
    });
}

describe('the way of an element', () => {
  const even = mergeTrace(
    runWith({ implementation: 'deepspeed-5823', sp: 2, heads: 2, seq: 4, headDim: 1 }),
  );

  it('is told through both passes, there and home again', () => {
    // (b 0, s 1, h 1): the second token and the second head of rank 0.
    const journey = journeyOf(even, { tick: 0, rank: 0, tensor: 0, place: 3 });
    expect(journey).toMatchObject({ call: 0, element: { b: 0, s: 1, h: 1, d: 0 } });
    expect(told(journey)).toEqual([
      'rank 0: called [0, 1, 1, 0]',
      'rank 0: reshape(1, 2, 2, 1, 1) [0, 1, 1, 0, 0]',
      'rank 0: permute(2, 0, 1, 3, 4) [1, 0, 1, 0, 0]',
      'rank 0: contiguous() [1, 0, 1, 0, 0] moved',
      'rank 0: offered [1, 0, 1, 0, 0]',
      'rank 1: received [0, 0, 1, 0, 0] moved from rank 0',
      'rank 1: permute(1, 0, 2, 3, 4) [0, 0, 1, 0, 0]',
      'rank 1: reshape(1, 4, 1, 1) [0, 1, 0, 0]',
      'rank 1: returned [0, 1, 0, 0]',
      'rank 1: called [0, 1, 0, 0]',
      'rank 1: reshape(1, 2, 2, 1, 1) [0, 0, 1, 0, 0]',
      'rank 1: permute(1, 0, 2, 3, 4) [0, 0, 1, 0, 0]',
      'rank 1: contiguous() [0, 0, 1, 0, 0]',
      'rank 1: offered [0, 0, 1, 0, 0]',
      'rank 0: received [1, 0, 1, 0, 0] moved from rank 1',
      'rank 0: permute(1, 2, 0, 3, 4) [0, 1, 1, 0, 0]',
      'rank 0: reshape(1, 2, 2, 1) [0, 1, 1, 0]',
      'rank 0: returned [0, 1, 1, 0]',
    ]);
  });

  it('is the same from whichever end it is asked for', () => {
    const first = journeyOf(even, { tick: 0, rank: 0, tensor: 0, place: 3 });
    for (const { tick, rank, tensor, place } of first?.hops ?? []) {
      expect(told(journeyOf(even, { tick, rank, tensor, place }))).toEqual(told(first));
    }
  });

  it('is nowhere before it begins, and null where nothing is held', () => {
    const trace = mergeTrace(
      runWith({ program: 'layerForward', implementation: 'deepspeed-6797' }),
    );
    const start = at(trace.calls, 1).first;
    const key = journeyOf(trace, { tick: start, rank: 0, tensor: 0, place: 0 });
    expect(key?.call).toBe(1);
    if (key !== null) {
      expect(whereAt(key, start - 1)).toEqual([]);
      expect(whereAt(key, start)).toEqual([{ rank: 0, tensor: 0, place: 0 }]);
    }
    expect(journeyOf(trace, { tick: start, rank: 9, tensor: 0, place: 0 })).toBeNull();
    expect(journeyOf(trace, { tick: start, rank: 0, tensor: 1, place: 0 })).toBeNull();
    expect(journeyOf(trace, { tick: start, rank: 0, tensor: 0, place: 1e6 })).toBeNull();
  });

  it('has twins where key/value heads are repeated, each with a way of its own', () => {
    const trace = mergeTrace(
      runWith({
        implementation: 'deepspeed-alst',
        program: 'layerForward',
        batchDimIdx: 1,
        kvHeads: 2,
      }),
    );
    const { first, last } = at(trace.calls, 1);
    const journey = journeyOf(trace, { tick: first, rank: 0, tensor: 0, place: 0 });
    if (journey === null) throw new Error('an element is there');
    expect(whereAt(journey, first)).toHaveLength(1);
    expect(whereAt(journey, last).map(({ rank }) => rank)).toEqual([0, 1]);
    const [, twin] = whereAt(journey, last);
    const other = twin && journeyOf(trace, { tick: last, ...twin });
    expect(other?.hops.filter(({ own }) => own).map(({ rank }) => rank)).toContain(1);
    expect(other?.hops.filter(({ own, rank }) => !own && rank === 0).length).toBeGreaterThan(0);
  });

  it('of padding begins where the padding was made', () => {
    const trace = mergeTrace(
      runWith({ implementation: 'diffusers-anything', sp: 2, heads: 3, seq: 2, headDim: 1 }),
    );
    const pad = at(trace.lanes, 0).find(
      ({ event }) => event.kind === 'local' && event.name === 'pad',
    );
    const journey = journeyOf(trace, { tick: pad?.tick ?? -1, rank: 0, tensor: 0, place: 3 });
    expect(journey?.element).toBeNull();
    expect(told(journey)[0]).toBe('rank 0: pad(2, 1) [0, 0, 3, 0] moved');
  });
});

describe('any way of any element', () => {
  it('keeps its id, leads back to an input or to padding, and from there to where it was asked for', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), fc.nat(), (wanted, some, place) => {
        const trace = mergeTrace(runOf(wanted));
        const from = anyHeld(trace, some, place);
        if (from === null) return;
        const journey = journeyOf(trace, from);
        expect(journey).not.toBeNull();
        if (journey === null) return;
        expect(whereAt(journey, from.tick)).toContainEqual({
          rank: from.rank,
          tensor: from.tensor,
          place: from.place,
        });
        const [root] = journey.hops;
        const begins = root?.placed.event;
        if (journey.element !== null) expect(begins?.kind).toBe('called');
        else expect(isFilling(begins)).toBe(true);
        for (const hop of journey.hops) {
          const recorded = at(trace.recording.ranks, hop.rank);
          expect(elementAt(recorded, hop.ref, hop.place)).toBe(journey.id);
          const { holding } = rankStateAt(trace, hop.rank, hop.tick);
          expect(holding[hop.tensor]).toEqual(hop.ref);
          expect(whereAt(journey, hop.tick)).toContainEqual({
            rank: hop.rank,
            tensor: hop.tensor,
            place: hop.place,
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is known for every element of every tensor that is returned', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const trace = mergeTrace(runOf(wanted));
        trace.lanes.forEach((lane, rank) => {
          for (const { event, tick } of lane) {
            if (event.kind !== 'returned') continue;
            const size = product(event.output.shape);
            for (let place = 0; place < size; place += 1 + (size >> 5)) {
              const journey = journeyOf(trace, { tick, rank, tensor: 0, place });
              const begins = journey?.hops[0]?.placed.event;
              expect(isFilling(begins) || begins?.kind === 'called').toBe(true);
            }
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});

/** Whether an event makes places that no element was put in: padding, or a buffer never filled. */
function isFilling(event: RankEvent | undefined): boolean {
  return event?.kind === 'local' && (event.name === 'pad' || event.name === 'empty');
}

/** Some element that some rank holds at some tick. */
function anyHeld(trace: Trace, some: number, place: number) {
  const tick = some % trace.ticks;
  const held = stateAt(trace, tick).flatMap(({ holding }, rank) =>
    holding.flatMap(({ shape }, tensor) => {
      const size = product(shape);
      return size === 0 ? [] : [{ tick, rank, tensor, place: place % size }];
    }),
  );
  return held[some % Math.max(1, held.length)] ?? null;
}
