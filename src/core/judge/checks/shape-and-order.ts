import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import { rankList } from '../../recording/rank-list.ts';
import type { Evidence } from '../finding.ts';
import { returnedCount } from '../truth.ts';
import { type Check, endOf, evidence } from './check.ts';
import { departures, misplacedText, shapeText } from './compare-with-truth.ts';

/** Shape right and element order right, judged apart, after either pass. */
export const shapeAndOrder: Check = {
  title: 'Shapes and element order are right',
  worst: 'silently wrong',
  needs: ['elements'],
  judge(recording) {
    const c = recording.contract;
    const shapes: Evidence[] = [];
    const orders: Evidence[] = [];
    let returned = 0;
    for (const [call] of c.calls.entries()) {
      returned += returnedCount(recording, call);
      const ranks = departures(recording, call);
      const misshapen = ranks.filter(({ shapeWrong }) => shapeWrong);
      const [worst] = misshapen;
      if (worst !== undefined) {
        shapes.push(
          evidence(c, call, shapeText(worst), {
            ranks: misshapen.map(({ rank }) => rank),
            operation: endOf(recording, call, worst.rank),
            numbers: { ranksWrong: misshapen.length, worldSize: c.sp },
          }),
        );
      }
      const disordered = ranks.filter(({ wrongElements }) => wrongElements > 0);
      const element = disordered.find(({ first }) => first !== null)?.first ?? null;
      if (disordered.length > 0) {
        orders.push(
          evidence(c, call, element === null ? 'elements are missing' : misplacedText(element), {
            ranks: disordered.map(({ rank }) => rank),
            operation: endOf(recording, call, at(disordered, 0).rank),
            element,
            numbers: { ranksWrong: disordered.length, worldSize: c.sp },
          }),
        );
      }
    }
    if (returned === 0) {
      return { status: 'not-applicable', summary: 'no call returned anything', evidence: [] };
    }
    const first = orders[0] ?? shapes[0];
    if (first === undefined) {
      return { status: 'pass', summary: 'both, in every call that returned', evidence: [] };
    }
    const where = `${callTitle(c.calls, first.call)}, ${rankList(first.ranks, c.sp)}`;
    return {
      status: 'fail',
      summary:
        orders.length === 0
          ? `${where} · order right, shape wrong: ${first.text}`
          : `${where} · order wrong, shape ${shapes.length === 0 ? 'right' : 'wrong'}: ${first.text}`,
      evidence: [...orders, ...shapes],
      verdict: orders.length === 0 ? 'wrong shape' : 'silently wrong',
    };
  },
};
