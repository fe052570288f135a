import { withCommas } from '../../base/numbers.ts';
import type { Recording } from '../event.ts';
import type { Judgement } from '../finding.ts';
import { dealtLength, lostTokens, paddedLength, shareLength } from '../sequence.ts';
import { implementationOf } from '../truth.ts';
import { type Check, evidence } from './check.ts';

/**
 * Before pass 1 each token of the sequence is on one rank: none is dropped. Padding is no token, and
 * travels with them. What code deals the sequence is the case's; nothing can bring a lost token back.
 */
export const sequenceDealt: Check = {
  id: 'sequence-dealt',
  title: 'Every token belongs to one rank',
  worst: 'silently wrong',
  judge(recording) {
    const { case: c } = recording;
    const { order } = implementationOf(recording);
    const lost = lostTokens(c, order);
    if (lost === 0) return { status: 'pass', summary: dealtText(recording), evidence: [] };
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

/** "4 tokens belong to nobody" */
export function lostText(lost: number): string {
  return lost === 1 ? '1 token belongs to nobody' : `${withCommas(lost)} tokens belong to nobody`;
}

/** "5 · 5 · 4 · 4 tokens", "5 · 5 · 5 · 5, 2 of them padding" */
function dealtText({ case: c, ranks }: Recording): string {
  const own = implementationOf({ case: c, ranks }).order;
  const lengths = ranks.map((_, rank) => shareLength(c, own, rank));
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  const shares =
    least === most
      ? `${withCommas(most)} on each rank`
      : lengths.length > 16
        ? `${withCommas(least)} to ${withCommas(most)} on a rank`
        : lengths.map(withCommas).join(' · ');
  const padding = paddedLength(c) - c.seq;
  return padding === 0 ? shares : `${shares}, ${withCommas(padding)} of them padding`;
}
