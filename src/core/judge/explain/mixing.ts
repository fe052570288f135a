import { at } from '../../../base/assert.ts';
import { type Coordinates, coordinates } from '../../contract/case.ts';
import { sizesOf } from '../../contract/contract.ts';
import type { Recording } from '../../recording/event.ts';
import { departures } from '../checks/compare-with-truth.ts';
import { returnedElements, truthOf } from '../truth.ts';

/** What the elements that a call misplaced tell, all of them, on every rank. */
export interface Mixing {
  /** The dimensions in which any misplaced element differs from the one that belongs in its place. */
  readonly dims: readonly (keyof Coordinates)[];
  /** Misplaced or missing, and all that ranks returned. */
  readonly wrong: number;
  readonly elements: number;
  /** Whether every rank holds just the elements that it should, in another order. */
  readonly onlyOrder: boolean;
  /** Whether every rank got whole heads, so that it can be said what belongs where. */
  readonly whole: boolean;
}

const DIMS = ['b', 's', 'h', 'd'] as const;

/** What a call mixes, from the elements themselves. */
export function mixingOf(recording: Recording, call: number): Mixing {
  const sizes = sizesOf(recording.contract, at(recording.contract.calls, call));
  const got = returnedElements(recording, call);
  const truths = truthOf(recording, call);
  const differing = new Set<keyof Coordinates>();
  let wrong = 0;
  let elements = 0;
  let onlyOrder = true;
  let whole = true;
  for (const departure of departures(recording, call)) {
    wrong += departure.wrongElements;
    elements += departure.elements;
    whole &&= departure.should !== null;
    const held = got[departure.rank] ?? new Int32Array(0);
    const wanted = truths[departure.rank]?.ids ?? new Int32Array(0);
    onlyOrder &&= sameElements(held, wanted);
    for (let place = 0; place < Math.min(held.length, wanted.length); place++) {
      if (held[place] === wanted[place]) continue;
      const found = coordinates(sizes, at(held, place));
      const expected = coordinates(sizes, at(wanted, place));
      for (const dim of DIMS) if (found[dim] !== expected[dim]) differing.add(dim);
      if (differing.size === DIMS.length && !onlyOrder) break;
    }
  }
  return { dims: DIMS.filter((dim) => differing.has(dim)), wrong, elements, onlyOrder, whole };
}

function sameElements(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  const [left, right] = [a.toSorted(), b.toSorted()];
  return left.every((id, index) => id === right[index]);
}

const NAMES: Readonly<Record<keyof Coordinates, string>> = {
  b: 'the batch',
  s: 'the sequence',
  h: 'the heads',
  d: 'the head dim',
};

/** "mixes the batch with the heads", "returns tokens in the wrong order", "returns heads of other ranks". */
export function mixingText({ dims, onlyOrder, whole }: Mixing): string {
  const [only] = dims;
  if (only === undefined) {
    return whole
      ? 'returns another number of elements than it should'
      : 'leaves ranks no whole number of heads';
  }
  if (dims.length === 1) {
    const things = {
      b: 'sequences of the batch',
      s: 'tokens',
      h: 'heads',
      d: 'elements of each head',
    };
    return onlyOrder
      ? `returns the ${things[only]} in the wrong order`
      : `returns ${things[only]} where others belong`;
  }
  const names = dims.map((dim) => NAMES[dim]);
  if (names.length === 2) return `mixes ${names.join(' with ')}`;
  return `mixes ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
