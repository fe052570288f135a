import { withCommas } from '../../../base/numbers.ts';
import { sequenceOf } from '../../contract/contract.ts';
import { dealtLength, lostTokens } from '../../contract/sequence.ts';
import { lostText, sharesText } from '../../contract/sequence-text.ts';
import type { Judgement } from '../finding.ts';
import { type Check, evidence } from './check.ts';

/**
 * Before pass 1 each token of the sequence is on one rank: none is dropped. Padding is no token, and
 * travels with them. What code deals the sequence is the case's; nothing can bring a lost token back.
 */
export const sequenceDealt: Check = {
  title: 'Every token belongs to one rank',
  worst: 'silently wrong',
  needs: [],
  judge(recording) {
    const { contract: c } = recording;
    const dealing = sequenceOf(c);
    const lost = lostTokens(dealing);
    if (lost === 0) return { status: 'pass', summary: sharesText(dealing), evidence: [] };
    const text = lostText(lost);
    const first = dealtLength(dealing);
    return {
      status: 'fail',
      summary: `${text}: ${c.sp} ranks hold ${withCommas(first)} of ${withCommas(c.seq)} tokens`,
      evidence: [evidence(c, 0, text, { numbers: { lost, firstLost: first } })],
      verdict: 'silently wrong',
    } satisfies Judgement;
  },
};
