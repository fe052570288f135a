import { at } from '../../../base/assert.ts';
import { product, sum } from '../../../base/numbers.ts';
import { callTitle } from '../../contract/call-title.ts';
import type { TensorRef } from '../../recording/event.ts';
import type { Evidence } from '../finding.ts';
import { returnedBy, returnedCount } from '../truth.ts';
import { type Check, endOf, evidence } from './check.ts';
import { departures, misplacedText } from './compare-with-truth.ts';

/** What pass 2 brings back is, element by element, what pass 1 began with; shapes are not asked. */
export const roundTrip: Check = {
  title: 'The round trip restores the input',
  worst: 'silently wrong',
  needs: ['elements'],
  judge(recording) {
    const c = recording.contract;
    const found: Evidence[] = [];
    let returned = 0;
    for (const [call, { pass }] of c.calls.entries()) {
      if (pass === 1) continue;
      returned += returnedCount(recording, call);
      const wrong = departures(recording, call).filter(({ wrongElements }) => wrongElements > 0);
      const first = wrong.find((departure) => departure.first !== null)?.first ?? null;
      if (wrong.length === 0) continue;
      found.push(
        evidence(c, call, first === null ? 'elements are missing' : misplacedText(first), {
          ranks: wrong.map(({ rank }) => rank),
          operation: endOf(recording, call, at(wrong, 0).rank),
          element: first,
          numbers: {
            wrongElements: sum(wrong.map(({ wrongElements }) => wrongElements)),
            elements: sum(returnedBy(recording, call).map(elementsIn)),
          },
        }),
      );
    }
    if (returned === 0) {
      return { status: 'not-applicable', summary: 'pass 2 returned nothing', evidence: [] };
    }
    const [first] = found;
    if (first === undefined) {
      return {
        status: 'pass',
        summary: 'every element, on every rank that returned',
        evidence: [],
      };
    }
    const { wrongElements, elements } = first.numbers;
    return {
      status: 'fail',
      summary: `${callTitle(c.calls, first.call)} · ${wrongElements} of ${elements} elements are not restored; ${first.text}`,
      evidence: found,
      verdict: 'silently wrong',
    };
  },
};

function elementsIn(returned: TensorRef | null): number {
  return returned === null ? 0 : product(returned.shape);
}
