import { at } from '../../base/assert.ts';
import { callTitle, endingOf, eventsByCall } from '../event.ts';
import { type Check, evidence, rankList } from './check.ts';

/** No rank raised; else the exception's text, and who was left waiting by it. */
export const noException: Check = {
  id: 'no-exception',
  title: 'No rank raises',
  judge(recording) {
    const c = recording.case;
    const raised = new Map<string, { call: number; ranks: number[]; event: number }>();
    const waiting: number[] = [];
    recording.ranks.forEach((ranked, rank) => {
      eventsByCall(ranked).forEach((own, call) => {
        const ending = endingOf(own);
        if (ending?.kind === 'abandoned') waiting.push(rank);
        if (ending?.kind !== 'raised') return;
        const text = `${ending.error}: ${ending.message}`;
        const known = raised.get(text);
        if (known !== undefined) known.ranks.push(rank);
        else raised.set(text, { call, ranks: [rank], event: own.start + own.events.length - 1 });
      });
    });
    if (raised.size === 0) {
      return { status: 'pass', summary: 'no exception on any rank', evidence: [] };
    }
    const facts = [...raised].map(([text, { call, ranks, event }]) =>
      evidence(c, call, text, {
        ranks,
        operation: { rank: at(ranks, 0), event },
        numbers: { ranksRaising: ranks.length, worldSize: c.sp },
      }),
    );
    const first = at(facts, 0);
    const all = [...raised.values()].flatMap(({ ranks }) => ranks).sort((a, b) => a - b);
    const left = waiting.length > 0 ? `; ${rankList(waiting, c.sp)} left waiting for ever` : '';
    return {
      status: 'fail',
      summary: `${first.text.split(':')[0]} on ${rankList(all, c.sp)} in ${callTitle(at(c.calls, first.call))}${left}`,
      evidence: facts,
      verdict: 'raises',
    };
  },
};
