import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import { type Alike, alikeIn, endingOf, ranksOf } from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import { type Check, evidence } from './check.ts';

/** No rank raised; else the exception's text, and who was left waiting by it. */
export const noException: Check = {
  title: 'No rank raises',
  worst: 'raises',
  needs: [],
  judge(recording) {
    const c = recording.contract;
    const raised = new Map<string, { call: number; groups: Alike[]; event: number }>();
    const waiting: Alike[] = [];
    for (const alike of alikeIn(recording)) {
      const call = alike.calls.length - 1;
      const own = alike.calls[call];
      const ending = own === undefined ? null : endingOf(own);
      if (ending?.kind === 'abandoned') waiting.push(alike);
      if (own === undefined || ending?.kind !== 'raised') continue;
      const text = `${ending.error}: ${ending.message}`;
      const known = raised.get(text);
      if (known !== undefined) known.groups.push(alike);
      else raised.set(text, { call, groups: [alike], event: own.start + own.events.length - 1 });
    }
    if (raised.size === 0) {
      return { status: 'pass', summary: 'no exception on any rank', evidence: [] };
    }
    const facts = [...raised].map(([text, { call, groups, event }]) => {
      const ranks = ranksOf(groups);
      return evidence(c, call, text, {
        ranks,
        operation: { rank: at(ranks, 0), event },
        numbers: { ranksRaising: ranks.length, worldSize: c.sp },
      });
    });
    const first = at(facts, 0);
    const all = ranksOf([...raised.values()].flatMap(({ groups }) => groups));
    const left =
      waiting.length > 0 ? `; ${rankList(ranksOf(waiting), c.sp)} left waiting forever` : '';
    return {
      status: 'fail',
      summary: `${first.text.split(':')[0]} on ${rankList(all, c.sp)} in ${callTitle(c.calls, first.call)}${left}`,
      evidence: facts,
      verdict: 'raises',
    };
  },
};
