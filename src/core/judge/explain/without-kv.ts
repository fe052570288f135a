import { at } from '../../../base/assert.ts';
import { isKeyOrValue } from '../../contract/case.ts';
import type { Rank, Recording } from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import { headCounts } from '../truth.ts';

/**
 * The ranks that a pass 1 of keys or values, up to a call, left without a head: "4 KV heads for 8 ranks:
 * ranks 4, 5, 6 and 7 have none". Null where each has one.
 */
export function withoutKv(
  recording: Recording,
  call: number,
): { readonly ranks: readonly Rank[]; readonly text: string } | null {
  const c = recording.contract;
  for (let index = 0; index <= call; index++) {
    const { tensor, heads, pass } = at(c.calls, index);
    if (pass === 2 || !isKeyOrValue(tensor)) continue;
    const none = headCounts(recording, index).flatMap((count, rank) => (count === 0 ? [rank] : []));
    if (none.length === 0 || none.length === c.sp) continue;
    const have = none.length === 1 ? 'has' : 'have';
    const text = `${heads} KV head${heads === 1 ? '' : 's'} for ${c.sp} ranks: ${rankList(none, c.sp)} ${have} none`;
    return { ranks: none, text };
  }
  return null;
}
