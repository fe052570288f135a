import { at } from '../../../base/assert.ts';
import { memoizedByIndex } from '../../../base/memo.ts';
import { sameNumbers } from '../../../base/numbers.ts';
import type { Steps } from '../../../base/steps.ts';
import { type Coordinates, coordinates, type GlobalSizes } from '../../contract/case.ts';
import { sizesOf } from '../../contract/contract.ts';
import type { Shard } from '../../contract/shard.ts';
import type { Rank, Recording } from '../../recording/event.ts';
import type { MisplacedElement } from '../finding.ts';
import { returnedBy, returnedElements, truthOf } from '../truth.ts';

/** How what a rank got from a call differs from what it should have got. */
export interface Departure {
  readonly rank: Rank;
  readonly shape: readonly number[];
  /** The shape that it should have; null where it is no whole number of heads. */
  readonly should: readonly number[] | null;
  readonly shapeWrong: boolean;
  /** Elements that stand where others belong, in row-major order; length and content both count. */
  readonly wrongElements: number;
  readonly elements: number;
  readonly first: MisplacedElement | null;
}

/** The ranks to which a call gave something else than it should have given, in order. */
export const departures = memoizedByIndex(
  (recording: Recording, call: number): readonly Departure[] =>
    departuresFrom(recording, call, truthOf(recording, call)),
);

/** Has the departures of one pass known, a call a step. */
export function* departuresInSteps(recording: Recording, ofPass: 1 | 2): Steps<void> {
  for (const [call, { pass }] of recording.contract.calls.entries()) {
    if (pass !== ofPass) continue;
    returnedElements(recording, call);
    yield;
    departures(recording, call);
    yield;
  }
}

/** The ranks that got something else from a call than `truths`; null there: it cannot be said what. */
export function departuresFrom(
  recording: Recording,
  call: number,
  truths: readonly (Shard | null)[],
): Departure[] {
  const sizes = sizesOf(recording.contract, at(recording.contract.calls, call));
  const found: Departure[] = [];
  const elements = returnedElements(recording, call);
  returnedBy(recording, call).forEach((returned, rank) => {
    const got = elements[rank];
    if (returned === null || got == null) return;
    const departure = compare(rank, returned.shape, got, truths[rank] ?? null, sizes);
    if (departure !== null) found.push(departure);
  });
  return found;
}

function compare(
  rank: Rank,
  shape: readonly number[],
  got: Int32Array,
  truth: Shard | null,
  sizes: GlobalSizes,
): Departure | null {
  const wanted = truth?.ids ?? new Int32Array(0);
  let wrong = Math.max(0, wanted.length - got.length);
  let place = -1;
  for (let index = 0; index < got.length; index++) {
    if (got[index] === wanted[index]) continue;
    wrong += 1;
    if (place < 0) place = index;
  }
  const shapeWrong = truth === null || !sameNumbers(shape, truth.shape);
  if (wrong === 0 && !shapeWrong) return null;
  const expected = place < 0 ? undefined : wanted[place];
  return {
    rank,
    shape,
    should: truth?.shape ?? null,
    shapeWrong,
    wrongElements: wrong,
    elements: got.length,
    first:
      place < 0
        ? null
        : {
            rank,
            place,
            found: coordinates(sizes, at(got, place)),
            expected: expected === undefined ? null : coordinates(sizes, expected),
          },
  };
}

/** "rank 1 holds (b 0, s 2, h 3, d 0) where (b 0, s 1, h 3, d 0) belongs" */
export function misplacedText({ rank, found, expected }: MisplacedElement): string {
  return expected === null
    ? `rank ${rank} holds ${coordinatesText(found)} where nothing belongs`
    : `rank ${rank} holds ${coordinatesText(found)} where ${coordinatesText(expected)} belongs`;
}

/** "(b 0, s 2, h 3, d 0)" */
export function coordinatesText({ b, s, h, d }: Coordinates): string {
  return `(b ${b}, s ${s}, h ${h}, d ${d})`;
}

/** "rank 0 returned [1, 32, 1, 2], expected [2, 1, 16, 2]" */
export function shapeText({ rank, shape, should }: Departure): string {
  const got = `[${shape.join(', ')}]`;
  return should === null
    ? `rank ${rank} returned ${got}, no whole number of heads`
    : `rank ${rank} returned ${got}, expected [${should.join(', ')}]`;
}
