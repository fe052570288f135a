import { at } from '../../base/assert.ts';
import { callTitle, endingOf, eventsByCall } from '../event.ts';
import type { Evidence } from '../finding.ts';
import { type Check, evidence, rankList } from './check.ts';

/** No rank raised, and none was left waiting by one that did. */
export const noException: Check = {
  id: 'no-exception',
  title: 'No rank raises',
  judge(recording) {
    const c = recording.case;
    const raised = new Map<string, { call: number; ranks: number[]; event: number }>();
    const waiting: { rank: number; call: number; event: number; by: readonly number[] }[] = [];
    recording.ranks.forEach((ranked, rank) => {
      eventsByCall(ranked).forEach((own, call) => {
        const ending = endingOf(own);
        const event = own.start + own.events.length - 1;
        if (ending?.kind === 'raised') {
          const text = `${ending.error}: ${ending.message}`;
          const known = raised.get(text) ?? { call, ranks: [], event };
          known.ranks.push(rank);
          raised.set(text, known);
        }
        if (ending?.kind === 'abandoned') waiting.push({ rank, call, event, by: ending.by });
      });
    });
    if (raised.size === 0 && waiting.length === 0) {
      return { status: 'pass', summary: `all ${c.calls.length} calls returned`, evidence: [] };
    }
    const errors: Evidence[] = [...raised].map(([text, { call, ranks, event }]) =>
      evidence(c, call, text, {
        ranks,
        operation: { rank: at(ranks, 0), event },
        numbers: { ranksRaising: ranks.length, worldSize: c.sp },
      }),
    );
    const waits = waiting.map(({ rank, call, event, by }) =>
      evidence(c, call, `rank ${rank} waits for ever for ${rankList(by, c.sp)}`, {
        ranks: [rank, ...by],
        operation: { rank, event },
      }),
    );
    const all = [...errors, ...waits];
    const first = at(all, 0);
    const where = `in ${callTitle(at(c.calls, first.call))}`;
    const ranks = [...raised.values()].flatMap((group) => group.ranks);
    const left = waiting.map(({ rank }) => rank);
    const summary = [
      ranks.length > 0 ? `${first.text.split(':')[0]} on ${rankList(ranks, c.sp)} ${where}` : '',
      left.length > 0 ? `${rankList(left, c.sp)} left waiting for ever` : '',
    ]
      .filter((part) => part !== '')
      .join('; ');
    return {
      status: 'fail',
      summary,
      evidence: all,
      verdict: waiting.length > 0 ? 'ranks disagree' : 'raises',
    };
  },
};
