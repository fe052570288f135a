import { at } from '../../../base/assert.ts';
import { memoizedByIndex } from '../../../base/memo.ts';
import { coordinate, isKeyOrValue } from '../../contract/case.ts';
import { sizesOf } from '../../contract/contract.ts';
import type { Recording } from '../../recording/event.ts';
import type { Evidence } from '../finding.ts';
import { returnedBy, returnedElements } from '../truth.ts';
import { type Check, endOf, evidence, failure } from './check.ts';

/**
 * Every query head sits on the rank of its key/value head, at the place where the attention of that
 * rank will pair the two: local query head i with local key/value head i // (h / hkv).
 */
export const gqaGroups: Check = {
  title: 'Query heads meet their own KV heads (GQA)',
  worst: 'silently wrong',
  needs: ['elements'],
  judge(recording) {
    const c = recording.contract;
    const found: Evidence[] = [];
    let judged = 0;
    for (const [call, { pass, tensor }] of c.calls.entries()) {
      if (pass === 2 || !isKeyOrValue(tensor)) continue;
      const layer = tensor.slice(1);
      const query = c.calls.findIndex((one) => one.pass === 1 && one.tensor === `q${layer}`);
      if (query < 0 || query > call) continue;
      for (const [rank, pairing] of pairingsOf(recording, query, call).entries()) {
        if (pairing === null) continue;
        judged += 1;
        const problem = problemOf(pairing, at(c.calls, query).heads, at(c.calls, call).heads);
        if (problem === null) continue;
        found.push(
          evidence(c, call, `rank ${rank} has ${problem}`, {
            ranks: [rank],
            operation: endOf(recording, call, rank),
            numbers: { queryHeads: pairing.query.length, keyValueHeads: pairing.key.length },
          }),
        );
      }
    }
    if (found.length > 0) return { ...failure(c, found), verdict: 'silently wrong' };
    return judged === 0
      ? { status: 'not-applicable', summary: 'no keys or values were moved', evidence: [] }
      : { status: 'pass', summary: 'every group together, on every rank', evidence: [] };
  },
};

/** The global heads of the query and of the keys that a rank holds, by local place. */
interface Pairing {
  readonly query: readonly number[];
  readonly key: readonly number[];
}

function pairingsOf(recording: Recording, query: number, key: number): (Pairing | null)[] {
  const queries = headsHeld(recording, query);
  const keys = headsHeld(recording, key);
  return recording.ranks.map((_, rank) => {
    const [q, k] = [queries[rank], keys[rank]];
    return q == null || k == null ? null : { query: q, key: k };
  });
}

/** The heads of the first token that each rank got from a call; null where it got nothing. */
const headsHeld = memoizedByIndex(
  (recording: Recording, call: number): readonly (readonly number[] | null)[] => {
    const { headDim } = recording.contract;
    const sizes = sizesOf(recording.contract, at(recording.contract.calls, call));
    const elements = returnedElements(recording, call);
    return returnedBy(recording, call).map((ref, rank) => {
      const ids = elements[rank];
      if (ref === null || ids == null) return null;
      const heads: number[] = [];
      const most = Math.min(ref.shape.at(-2) ?? 0, Math.floor(ids.length / headDim));
      while (heads.length < most) {
        heads.push(coordinate(sizes, at(ids, heads.length * headDim), 'h'));
      }
      return heads;
    });
  },
);

function problemOf({ query, key }: Pairing, heads: number, kvHeads: number): string | null {
  if (query.length === 0) return null;
  if (key.length === 0 || query.length % key.length !== 0) {
    return `${query.length} query heads beside ${key.length} KV heads`;
  }
  const group = query.length / key.length;
  for (const [place, head] of query.entries()) {
    const wanted = Math.floor((head * kvHeads) / heads);
    const beside = at(key, Math.floor(place / group));
    if (beside !== wanted)
      return `query head ${head} beside KV head ${beside} instead of ${wanted}`;
  }
  return null;
}
