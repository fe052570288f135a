import { withCommas } from '../../base/numbers.ts';
import type { Judgement } from '../finding.ts';
import { dealtLength, lostTokens } from '../sequence.ts';
import { lostText, sharesText } from '../sequence-text.ts';
import { implementationOf } from '../truth.ts';
import { type Check, evidence } from './check.ts';

/**
 * Before pass 1 each token of the sequence is on one rank: none is dropped. Padding is no token, and
 * travels with them. What code deals the sequence is the case's; nothing can bring a lost token back.
 */
export const sequenceDealt: Check = {
  title: 'Every token belongs to one rank',
  worst: 'silently wrong',
  judge(recording) {
    const { case: c } = recording;
    const { order } = implementationOf(recording);
    const lost = lostTokens(c, order);
    if (lost === 0) return { status: 'pass', summary: sharesText(c, order), evidence: [] };
    const text = lostText(lost);
    const first = dealtLength(c, order);
    return {
      status: 'fail',
      summary: `${text}: ${c.sp} ranks hold ${withCommas(first)} of ${withCommas(c.seq)} tokens`,
      evidence: [evidence(c, 0, text, { numbers: { lost, firstLost: first } })],
      verdict: 'silently wrong',
    } satisfies Judgement;
  },
};
