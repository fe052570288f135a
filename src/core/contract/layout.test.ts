import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { product, range, repeated, sum } from '../../base/numbers.ts';
import { contractOf } from '../cases/case-contract.ts';
import { headCounts, returnedElements } from '../judge/truth.ts';
import { findImplementation, IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import { eventsByCall } from '../recording/event.ts';
import { anyCase, caseWith, runOf } from '../world/testing.ts';
import { type Contract, placedAfter, placedBefore, placedBetween } from './contract.ts';
import { ownersAlong, type Placed, positionsOn, shapeOn, writeIds } from './layout.ts';

const idsOn = (placed: Placed, rank: number): number[] => {
  const ids = new Int32Array(product(shapeOn(placed, rank)));
  writeIds(placed, rank, ids);
  return [...ids];
};

const everywhere = (placed: Placed): number[][] =>
  range(placed.sp).map((rank) => idsOn(placed, rank));

/**
 * How many elements each rank hands to each in the move from one layout to another, [source][destination]:
 * every element goes from the rank that holds it to all that are to hold it.
 */
function movedBetween(from: Placed, to: Placed): number[][] {
  const holder = new Map<number, number>();
  for (const rank of range(from.sp)) for (const id of idsOn(from, rank)) holder.set(id, rank);
  const moved = range(from.sp).map(() => repeated(0, to.sp));
  for (const destination of range(to.sp)) {
    for (const id of idsOn(to, destination)) {
      const row = moved[holder.get(id) ?? -1];
      if (row !== undefined) row[destination] = at(row, destination) + 1;
    }
  }
  return moved;
}

const anyContract: fc.Arbitrary<Contract> = anyCase.map((c) => {
  const implementation = findImplementation(c.implementation);
  if (implementation === undefined) throw new Error('it is in the catalogue');
  return contractOf(c, implementation);
});

/** Heads shared out to the ranks, as many as there are. */
const shared = (contract: Contract, heads: number): number[] =>
  range(contract.sp).map(
    (rank) =>
      Math.floor(((rank + 1) * heads) / contract.sp) - Math.floor((rank * heads) / contract.sp),
  );

describe('a layout', () => {
  it('puts an element on one rank at most, and says on which', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        const placed = placedBefore(contract, at(contract.calls, 0));
        const parts = everywhere(placed);
        const all = parts.flat();
        expect(new Set(all).size).toBe(all.length);
        const axis = placed.layout.axes.includes('T') ? 'T' : 'S';
        const owners = ownersAlong(placed, axis);
        for (const rank of range(contract.sp)) {
          for (const position of positionsOn(placed, axis, rank))
            expect(owners[position]).toBe(rank);
        }
        expect(sum([...owners].map((owner) => (owner < 0 ? 0 : 1)))).toBe(
          sum(range(contract.sp).map((rank) => positionsOn(placed, axis, rank).length)),
        );
      }),
    );
  });

  it('composed of two has what both have: sequence and heads split at once', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        const call = at(contract.calls, 0);
        const before = placedBefore(contract, call);
        const counts = shared(contract, call.heads);
        const between = placedBetween(contract, { heads: call.heads, times: 1 }, counts);
        const { S, T } = before.layout.spread;
        const both: Placed = {
          ...between,
          layout: {
            axes: between.layout.axes,
            spread: {
              ...(S === undefined ? {} : { S }),
              ...(T === undefined ? {} : { T }),
              ...(between.layout.spread.H === undefined ? {} : { H: between.layout.spread.H }),
            },
          },
        };
        for (const rank of range(contract.sp)) {
          const own = new Set(idsOn(before, rank));
          const met = idsOn(between, rank).filter((id) => own.has(id));
          expect(new Set(idsOn(both, rank))).toEqual(new Set(met));
        }
      }),
    );
  });

  it('moves to another and back: all that a rank is to hold comes to it, once, from who held it', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        const call = at(contract.calls, 0);
        const from = placedBefore(contract, call);
        const to = placedBetween(
          contract,
          { heads: call.heads, times: 1 },
          shared(contract, call.heads),
        );
        const there = movedBetween(from, to);
        const back = movedBetween(to, from);
        for (const rank of range(contract.sp)) {
          expect(sum(there.map((row) => at(row, rank)))).toBe(idsOn(to, rank).length);
          expect(sum(at(there, rank))).toBe(idsOn(from, rank).length);
          for (const other of range(contract.sp)) {
            expect(at(at(back, other), rank)).toBe(at(at(there, rank), other));
          }
        }
      }),
    );
  });

  it('repeats heads next to themselves, and nothing else', () => {
    fc.assert(
      fc.property(anyContract, fc.integer({ min: 1, max: 4 }), (contract, times) => {
        const { heads } = at(contract.calls, 0);
        const once = placedAfter(contract, { heads, times: 1 });
        const repeated = placedAfter(contract, { heads, times });
        const { headDim } = contract;
        for (const rank of range(contract.sp)) {
          const own = idsOn(once, rank);
          const rows = range(own.length / headDim).map((row) =>
            own.slice(row * headDim, (row + 1) * headDim),
          );
          expect(idsOn(repeated, rank)).toEqual(
            rows.flatMap((row) => range(times).flatMap(() => row)),
          );
        }
      }),
    );
  });
});

/** Cases of every implementation whose ranks divide heads and tokens. */
const anyDivided = fc
  .record({
    one: fc.constantFrom(...IMPLEMENTATIONS),
    sp: fc.integer({ min: 2, max: 5 }),
    heads: fc.integer({ min: 2, max: 4 }),
    batch: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ one, sp, heads, batch }) =>
    caseWith({
      implementation: one.id,
      batchDimIdx: at(one.layouts, 0),
      sp,
      heads: heads * sp,
      batch,
      seq: 4 * sp,
    }),
  );

describe('what ranks exchange', () => {
  it('is what the move from one layout to the other needs, where a run is fine', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyDivided, (c) => {
        const recording = runOf(c);
        const { contract } = recording;
        const [first] = contract.calls;
        if (first?.pass !== 1 || first.times > 1) return;
        const counts = headCounts(recording, 0);
        if (counts.some((count) => count === null)) return;
        const from = placedBefore(contract, first);
        const to = placedBetween(contract, first, counts);
        const right = returnedElements(recording, 0).every(
          (ids, rank) => ids !== null && idsOn(to, rank).every((id, place) => ids[place] === id),
        );
        const sends = recording.ranks.map((ranked) =>
          at(eventsByCall(ranked), 0).events.filter((event) => event.kind === 'offered'),
        );
        const [own] = sends;
        if (!right || own?.length !== 1 || contract.sp === 1) return;
        compared += 1;
        const moved = movedBetween(from, to);
        sends.forEach(([offer], rank) => {
          if (offer?.kind === 'offered') expect(offer.sends).toEqual(at(moved, rank));
        });
      }),
    );
    expect(compared).toBeGreaterThan(20);
  });
});
