import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import { alikeIn, endingOf, type Mismatch, type Recording } from '../../recording/event.ts';
import { type Check, evidence, longFailure, reachedCollective } from './check.ts';

/** For every pair of ranks, what one sends to the other is what the other expects from it. */
export const splitsAgree: Check = {
  title: 'Each rank sends what its peers expect',
  worst: 'ranks disagree',
  needs: ['counts'],
  judge(recording) {
    const c = recording.contract;
    if (!reachedCollective(recording)) {
      return { status: 'not-applicable', summary: 'no rank reached a collective', evidence: [] };
    }
    for (const [call] of c.calls.entries()) {
      const found = disagreement(recording, call);
      if (found === null) continue;
      const { pairs, count, rank, event } = found;
      const rest = count > 1 ? ` (${count} of ${c.sp * c.sp} pairs disagree)` : '';
      const summary = `${callTitle(c.calls, call)} · ${pairText(at(pairs, 0))}${rest}`;
      return longFailure('ranks disagree', call, summary, () =>
        pairs.map((pair) =>
          evidence(c, call, pairText(pair), {
            ranks: [pair.source, pair.destination],
            operation: { rank, event },
            numbers: { sent: pair.sent, expected: pair.expected },
          }),
        ),
      );
    }
    return {
      status: 'pass',
      summary: `${c.sp === 1 ? '1 pair' : `${c.sp * c.sp} pairs`} of ranks, in every collective that took place`,
      evidence: [],
    };
  },
};

/** "rank 0 sends 40 elements to rank 1, which expects 48" */
export function pairText({ source, destination, sent, expected }: Mismatch): string {
  return `rank ${source} sends ${sent} elements to rank ${destination}, which expects ${expected}`;
}

/** The pairs that disagree in a call, and where the first rank learns of it. */
export function disagreement(recording: Recording, call: number) {
  for (const { ranks, calls } of alikeIn(recording)) {
    const own = calls[call];
    const ending = own === undefined ? null : endingOf(own);
    if (own !== undefined && ending?.kind === 'mismatched') {
      const { pairs, count } = ending;
      return { pairs, count, rank: at(ranks, 0), event: own.start + own.events.length - 1 };
    }
  }
  return null;
}
