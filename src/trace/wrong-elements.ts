import { at } from '../base/assert.ts';
import { memoizedByIndex } from '../base/memo.ts';
import { returnedBy, truthOf } from '../core/judge/truth.ts';
import type { Recording } from '../core/recording/event.ts';
import { elementsOf } from '../core/recording/recorded-tensor.ts';

/**
 * For each rank, the places of what it returned from `call` that hold anything but what belongs
 * there: row-major and rising. Null where no place is right or wrong: the rank returned nothing, or
 * another number of elements than it should.
 */
export const wrongPlaces = memoizedByIndex(
  (recording: Recording, call: number): readonly (Int32Array | null)[] =>
    recording.ranks.map((_, rank) => wrongPlacesOn(recording, call, rank)),
);

/** The same of one rank. */
export function wrongPlacesOn(recording: Recording, call: number, rank: number): Int32Array | null {
  return placesByRank(recording, call).of(rank);
}

const placesByRank = memoizedByIndex((recording: Recording, call: number) => {
  const truths = truthOf(recording, call);
  const returned = returnedBy(recording, call);
  const known = new Map<number, Int32Array | null>();
  const find = (rank: number): Int32Array | null => {
    const [ref, truth] = [returned[rank], truths[rank]];
    if (ref == null || truth == null) return null;
    const ids = elementsOf(at(recording.ranks, rank), ref);
    if (ids.length !== truth.ids.length) return null;
    const places: number[] = [];
    for (let place = 0; place < ids.length; place++) {
      if (ids[place] !== truth.ids[place]) places.push(place);
    }
    return Int32Array.from(places);
  };
  return {
    of(rank: number): Int32Array | null {
      const found = known.get(rank);
      if (found !== undefined) return found;
      const places = find(rank);
      known.set(rank, places);
      return places;
    },
  };
});
