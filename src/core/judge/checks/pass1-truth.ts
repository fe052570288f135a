import { tokensBetween } from '../../contract/contract.ts';
import { returnedCount } from '../truth.ts';
import { type Check, failure } from './check.ts';
import { departures, departuresInSteps } from './compare-with-truth.ts';
import { departureEvidence } from './departure-evidence.ts';

/** After pass 1 each rank holds all tokens, in order, of its own heads. */
export const passOneTruthCheck: Check = {
  title: 'Pass 1 gives each rank all tokens of its own heads',
  worst: 'silently wrong',
  needs: ['elements'],
  prepare: (recording) => departuresInSteps(recording, 1),
  judge(recording) {
    const c = recording.contract;
    let returned = 0;
    const found = c.calls.flatMap(({ pass }, call) => {
      if (pass === 2) return [];
      returned += returnedCount(recording, call);
      const wrong = departures(recording, call);
      return wrong.length === 0 ? [] : [departureEvidence(recording, call, wrong)];
    });
    if (returned === 0) {
      return { status: 'not-applicable', summary: 'pass 1 returned nothing', evidence: [] };
    }
    if (found.length === 0) {
      return {
        status: 'pass',
        summary: `every rank: ${c.batch * tokensBetween(c)} tokens in order, its own heads`,
        evidence: [],
      };
    }
    const elementsWrong = found.some(({ numbers }) => (numbers.wrongElements ?? 0) > 0);
    return { ...failure(c, found), verdict: elementsWrong ? 'silently wrong' : 'wrong shape' };
  },
};
