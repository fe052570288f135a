import { at } from '../../../base/assert.ts';
import { layerOf } from '../../contract/case.ts';
import { alikeIn, type Recording } from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import type { Evidence, Judgement } from '../finding.ts';
import { headCounts } from '../truth.ts';
import { type Check, endOf, evidence, failure } from './check.ts';

/** Whether the layer of a call began with a head count that something before it had left behind. */
function metLeftover(recording: Recording, call: number): boolean {
  if (recording.contract.headCount === 'layer') return false;
  const { calls } = recording.contract;
  const layer = layerOf(at(calls, call).tensor);
  const first = calls.findIndex(({ tensor }) => layerOf(tensor) === layer);
  return alikeIn(recording).some((alike) => {
    const called = alike.calls[first]?.events[0];
    if (called?.kind !== 'called' || called.numKvHeads === null) return false;
    return called.numKvHeads !== at(calls, first).heads;
  });
}

/** After pass 1 no rank is without heads, and no two ranks differ by more than one. */
export const headsBalanced: Check = {
  title: 'Heads are balanced',
  worst: 'unbalanced',
  needs: [],
  judge(recording) {
    const c = recording.contract;
    const shared: string[] = [];
    const found: Evidence[] = [];
    let byDesign = true;
    for (const [call, { pass }] of c.calls.entries()) {
      if (pass === 2) continue;
      const counts = headCounts(recording, call).filter((count) => count !== null);
      if (counts.length < c.sp) continue;
      const least = Math.min(...counts);
      const most = Math.max(...counts);
      const text = counts.length > 16 ? `${least} to ${most} heads` : counts.join(' · ');
      shared.push(text);
      if (least > 0 && most - least <= 1) continue;
      const idle = counts.flatMap((count, rank) => (count === 0 ? [rank] : []));
      const why = idle.length > 0 ? `${rankList(idle, c.sp)} without a head` : 'uneven';
      if (idle.length > 0 || metLeftover(recording, call)) byDesign = false;
      const outliers = counts.flatMap((count, rank) => (count === least ? [rank] : []));
      found.push(
        evidence(c, call, `${text}, ${why}`, {
          ranks: outliers,
          operation: endOf(recording, call, at(outliers, 0)),
          numbers: { fewest: least, most },
        }),
      );
    }
    if (found.length > 0) {
      const told: Judgement = { ...failure(c, found), verdict: 'unbalanced' };
      return byDesign ? { ...told, byDesign } : told;
    }
    return shared.length === 0
      ? { status: 'not-applicable', summary: 'no pass 1 completed', evidence: [] }
      : { status: 'pass', summary: at(shared, 0), evidence: [] };
  },
};
