import { at } from '../../../base/assert.ts';
import { sum } from '../../../base/numbers.ts';
import type { Recording } from '../../recording/event.ts';
import type { Evidence } from '../finding.ts';
import { endOf, evidence } from './check.ts';
import { type Departure, misplacedText, shapeText } from './compare-with-truth.ts';

/** What ranks that departed from the truth of a call got: the first wrong element, else the shape. */
export function departureEvidence(
  recording: Recording,
  call: number,
  wrong: readonly Departure[],
): Evidence {
  const c = recording.contract;
  const element = wrong.find(({ first }) => first !== null)?.first ?? null;
  const worst = at(wrong, 0);
  const missing = worst.wrongElements > 0 ? `rank ${worst.rank} lacks elements` : shapeText(worst);
  return evidence(c, call, element === null ? missing : misplacedText(element), {
    ranks: wrong.map(({ rank }) => rank),
    operation: endOf(recording, call, element?.rank ?? worst.rank),
    element,
    numbers: {
      wrongElements: sum(wrong.map(({ wrongElements }) => wrongElements)),
      elements: sum(wrong.map(({ elements }) => elements)),
      ranksWrong: wrong.length,
      worldSize: c.sp,
    },
  });
}
