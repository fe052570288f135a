import { at } from '../base/assert.ts';
import { memoizedByIndex } from '../base/memo.ts';
import type { Recording } from '../engine/event.ts';
import { elementsOf } from '../engine/recorded-tensor.ts';
import { returnedBy, truthOf } from '../engine/truth.ts';

/**
 * For each rank, the places of what it returned from `call` that hold anything but what belongs
 * there: row-major and rising. Null where no place is right or wrong: the rank returned nothing, or
 * another number of elements than it should.
 */
export const wrongPlaces = memoizedByIndex(
  (recording: Recording, call: number): readonly (Int32Array | null)[] => {
    const truths = truthOf(recording, call);
    return returnedBy(recording, call).map((returned, rank) => {
      const truth = truths[rank];
      if (returned === null || truth == null) return null;
      const ids = elementsOf(at(recording.ranks, rank), returned);
      if (ids.length !== truth.ids.length) return null;
      const places: number[] = [];
      for (let place = 0; place < ids.length; place++) {
        if (ids[place] !== truth.ids[place]) places.push(place);
      }
      return Int32Array.from(places);
    });
  },
);
