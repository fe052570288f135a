import { at } from '../../base/assert.ts';
import { callTitle, endingOf, eventsByCall, type Mismatch } from '../event.ts';
import { type Check, evidence } from './check.ts';

/** For every pair of ranks, what one sends to the other is what the other expects from it. */
export const splitsAgree: Check = {
  id: 'splits-agree',
  title: 'What is sent is what is expected',
  judge(recording) {
    const c = recording.case;
    const offers = recording.ranks.flatMap(({ events }) =>
      events.filter(({ kind }) => kind === 'offered'),
    );
    if (offers.length === 0) {
      return { status: 'not-applicable', summary: 'no rank reached a collective', evidence: [] };
    }
    for (const [call] of c.calls.entries()) {
      const found = disagreement(recording.ranks.map((rank) => eventsByCall(rank)[call]));
      if (found === null) continue;
      const { pairs, count, rank, event } = found;
      const facts = pairs.map((pair) =>
        evidence(c, call, pairText(pair), {
          ranks: [pair.source, pair.destination],
          operation: { rank, event },
          numbers: { sent: pair.sent, expected: pair.expected },
        }),
      );
      const rest = count > 1 ? ` (${count} of ${c.sp * c.sp} pairs disagree)` : '';
      return {
        status: 'fail',
        summary: `${callTitle(at(c.calls, call))}: ${pairText(at(pairs, 0))}${rest}`,
        evidence: facts,
        verdict: 'ranks disagree',
      };
    }
    return {
      status: 'pass',
      summary: `${c.sp * c.sp} pairs of ranks, in every collective that was settled`,
      evidence: [],
    };
  },
};

/** "rank 0 sends 40 elements to rank 1, which expects 48" */
export function pairText({ source, destination, sent, expected }: Mismatch): string {
  return `rank ${source} sends ${sent} elements to rank ${destination}, which expects ${expected}`;
}

function disagreement(calls: readonly (ReturnType<typeof eventsByCall>[number] | undefined)[]) {
  for (const [rank, own] of calls.entries()) {
    const ending = own === undefined ? null : endingOf(own);
    if (own !== undefined && ending?.kind === 'mismatched') {
      const { pairs, count } = ending;
      return { pairs, count, rank, event: own.start + own.events.length - 1 };
    }
  }
  return null;
}
