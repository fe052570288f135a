import { at } from '../../base/assert.ts';
import type { Evidence } from '../finding.ts';
import { rankList } from '../rank-list.ts';
import { headCounts } from '../truth.ts';
import { type Check, endOf, evidence, failure } from './check.ts';

/** After pass 1 no rank is without heads, and no two ranks differ by more than one. */
export const headsBalanced: Check = {
  id: 'heads-balanced',
  title: 'Heads are balanced',
  worst: 'unbalanced',
  judge(recording) {
    const c = recording.case;
    const told: string[] = [];
    const found: Evidence[] = [];
    for (const [call, { pass }] of c.calls.entries()) {
      if (pass === 2) continue;
      const counts = headCounts(recording, call).filter((count) => count !== null);
      if (counts.length < c.sp) continue;
      const least = Math.min(...counts);
      const most = Math.max(...counts);
      const text = counts.length > 16 ? `${least} to ${most} heads` : counts.join(' · ');
      told.push(text);
      if (least > 0 && most - least <= 1) continue;
      const idle = counts.flatMap((count, rank) => (count === 0 ? [rank] : []));
      const why = idle.length > 0 ? `${rankList(idle, c.sp)} without a head` : 'uneven';
      const outliers = counts.flatMap((count, rank) => (count === least ? [rank] : []));
      found.push(
        evidence(c, call, `${text}, ${why}`, {
          ranks: outliers,
          operation: endOf(recording, call, at(outliers, 0)),
          numbers: { fewest: least, most },
        }),
      );
    }
    if (found.length > 0) return { ...failure(c, found), verdict: 'unbalanced' };
    return told.length === 0
      ? { status: 'not-applicable', summary: 'no pass 1 came to its end', evidence: [] }
      : { status: 'pass', summary: at(told, 0), evidence: [] };
  },
};
