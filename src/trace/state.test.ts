import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import type { RankEvent, TensorRef } from '../core/recording/event.ts';
import { anyCaseOf, IMPLEMENTATIONS_AND_LAYOUTS, runOf, runWith } from '../core/world/testing.ts';
import type { RankStatus } from './event-kind.ts';
import { momentsOf } from './moment.ts';
import { rankStateAt, stateAt } from './state.ts';
import { mergeTrace, type PlacedEvent } from './trace.ts';

/** A plain reader of one rank's events, one after the other, who looks each thing up anew. */
class Reader {
  status: RankStatus = 'working';
  latest: PlacedEvent | null = null;
  numKvHeads: number | null = null;
  /** What is to be seen: in a collective, what is exchanged. */
  holding: readonly TensorRef[] = [];
  /** What the program still has, also while it is not to be seen. */
  private kept: readonly TensorRef[] = [];
  private readonly events: readonly RankEvent[];

  constructor(lane: readonly PlacedEvent[]) {
    this.events = lane.map(({ event }) => event);
  }

  read(placed: PlacedEvent): void {
    const { event, index } = placed;
    this.latest = placed;
    if (event.kind === 'called') {
      this.numKvHeads = event.numKvHeads;
      this.status = 'working';
      this.keep([event.input]);
    } else if (event.kind === 'local') {
      if (event.inputs.length > 0) this.exchange(event.inputs, event.outputs, index);
    } else if (event.kind === 'offered') {
      this.status = 'waiting';
      if (event.inputs.length > 0) this.holding = event.inputs;
    } else if (event.kind === 'received') {
      const offer = at(this.events, index - 1);
      this.status = 'working';
      this.exchange(offer.kind === 'offered' ? offer.inputs : [], event.outputs, index);
      if (event.outputs.length > 0) this.holding = event.outputs;
    } else if (event.kind === 'returned') {
      this.status = 'returned';
      this.keep([event.output]);
    } else if (event.kind === 'remembered') this.numKvHeads = event.after;
    else if (event.kind === 'raised') this.status = 'raised';
    else if (event.kind === 'lost') this.status = 'lost';
    else if (['mismatched', 'abandoned', 'astray'].includes(event.kind)) this.status = 'stuck';
  }

  private keep(tensors: readonly TensorRef[]): void {
    this.kept = tensors;
    this.holding = tensors;
  }

  /** What was taken goes, but for what is taken once more; what was made stands in its place. */
  private exchange(taken: readonly TensorRef[], made: readonly TensorRef[], index: number): void {
    const list = [...this.kept];
    const place = list.findIndex((ref) => taken.some((one) => isSame(one, ref)));
    for (const one of taken.filter((ref) => !this.isTakenAfter(ref, index))) {
      const gone = list.findIndex((ref) => isSame(one, ref));
      if (gone >= 0) list.splice(gone, 1);
    }
    list.splice(place < 0 ? list.length : place, 0, ...made);
    this.keep(list);
  }

  /** Whether this call takes the tensor after `index`, before anything makes the same once more. */
  private isTakenAfter(ref: TensorRef, index: number): boolean {
    const is = (other: TensorRef) => isSame(ref, other);
    if (made(at(this.events, index)).some(is)) return false;
    for (const event of this.events.slice(index + 1)) {
      if (event.kind === 'called') return false;
      if (event.kind === 'returned') return is(event.output);
      if ('inputs' in event && event.inputs.some(is)) return true;
      if (made(event).some(is)) return false;
    }
    return false;
  }
}

function made(event: RankEvent): readonly TensorRef[] {
  return 'outputs' in event ? event.outputs : [];
}

function isSame(a: TensorRef, b: TensorRef): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

describe('the state at a tick', () => {
  it.each(IMPLEMENTATIONS_AND_LAYOUTS)(
    'is what a plain reader of the events up to it finds: %s, batch dimension %i',
    (implementation, batchDimIdx) => {
      fc.assert(
        fc.property(anyCaseOf(implementation, batchDimIdx), (wanted) => {
          const trace = mergeTrace(runOf(wanted));
          const readers = trace.lanes.map((lane) => new Reader(lane));
          for (const tick of range(trace.ticks)) {
            const found = readers.map((reader, rank) => {
              for (const placed of at(trace.lanes, rank)) {
                if (placed.tick === tick) reader.read(placed);
              }
              const { holding, status, latest, numKvHeads } = reader;
              return { holding, status, latest, numKvHeads };
            });
            expect(stateAt(trace, tick)).toEqual(found);
          }
        }),
        { numRuns: 12 },
      );
    },
  );
});

describe('what a rank holds of a list of pieces', () => {
  const trace = mergeTrace(runWith({ implementation: 'verl', sp: 4, seq: 8, heads: 8, batch: 2 }));

  it('is every piece, in order, after all were made contiguous in one tick', () => {
    const tick = momentsOf(trace).findIndex(({ events }) =>
      events.some(({ placed: { event } }) => event.kind === 'local' && event.name === 'contiguous'),
    );
    for (const rank of range(4)) {
      const made = at(trace.lanes, rank).flatMap((placed) => {
        const { event } = placed;
        return placed.tick === tick && event.kind === 'local' ? event.outputs : [];
      });
      expect(made).toHaveLength(4);
      expect(rankStateAt(trace, rank, tick).holding).toEqual(made);
      expect(rankStateAt(trace, rank, tick - 1).holding).toHaveLength(4);
    }
  });
});
