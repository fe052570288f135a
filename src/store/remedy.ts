import { range } from '../base/numbers.ts';
import { type CasePatch, caseWithPatch, underPublished } from '../case-text/case-patch.ts';
import { kvRepeatOf, repeatsKv } from '../engine/caller.ts';
import { type Case, kvTimes } from '../engine/case.ts';
import { findImplementation, IMPLEMENTATIONS, projectOf } from '../engine/implementations/index.ts';
import { estimateBytes } from '../engine/memory.ts';
import { titleOf } from '../engine/scope.ts';
import { PAIRS } from '../museum/index.ts';

/** One change of a case that went wrong. */
export interface Remedy {
  /** Lasting, as tests know it: an implementation's id, "kv-repeat", "sp-2". */
  readonly id: string;
  /** What the change is, behind "See it": "repaired (#6797)", "under verl", "on 2 ranks". */
  readonly says: string;
  readonly case: Case;
}

/** Beyond these a case takes too long to be tried between two frames. */
const MOST_RANKS = 64;
export const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Changes that may make a case come out fine, of each kind likeliest first; the first of a kind that
 * does is worth telling. None for a rank that the case itself makes fail, or for a case too large.
 */
export function remediesFor(c: Case): Remedy[][] {
  if (c.fault !== undefined || c.sp > MOST_RANKS || estimateBytes(c) > MOST_BYTES) return [];
  return [
    rightIndex(c),
    [...publishedRule(c), ...otherImplementations(c)],
    cleanProcess(c),
    repeatedHeads(c),
    evenChunks(c),
    fewerRanks(c),
  ];
}

function publishedRule(c: Case): Remedy[] {
  if (c.condition === undefined && c.guards === undefined) return [];
  const published = underPublished(c, c.implementation);
  if (published === null) return [];
  return [{ id: 'published-rule', says: 'under the published rule', case: published }];
}

/**
 * The project's other implementations: first what repaired a public bug of this one, then what comes
 * after it in the catalogue, then what stands before, the nearest first.
 */
function otherImplementations(c: Case): Remedy[] {
  const repairs = PAIRS.filter(({ broken }) => broken.case.implementation === c.implementation).map(
    ({ repaired }) => repaired.case.implementation,
  );
  const own = IMPLEMENTATIONS.findIndex(({ id }) => id === c.implementation);
  const ids = IMPLEMENTATIONS.map(({ id }) => id);
  const inTurn = [...repairs, ...ids.slice(own + 1), ...ids.slice(0, own).toReversed()];
  return [...new Set(inTurn)].flatMap((id) => {
    const changed = projectOf(id) === projectOf(c.implementation) ? underPublished(c, id) : null;
    if (id === c.implementation || changed === null) return [];
    const says = repairs.includes(id)
      ? `repaired (${shortName(id)})`
      : `under ${titleOf({ implementation: id })}`;
    return [{ id, says, case: changed }];
  });
}

/** "#6797", where a pull request made the implementation; otherwise its title. */
function shortName(id: string): string {
  const number = /-(\d+)$/.exec(id)?.[1];
  return number === undefined ? titleOf({ implementation: id }) : `#${number}`;
}

function rightIndex(c: Case): Remedy[] {
  if (c.gatherIdx === undefined) return [];
  return byPatch(c, 'gather-idx', 'with the gather index of its layout', { gatherIdx: null });
}

function cleanProcess(c: Case): Remedy[] {
  if (c.numKvHeadsBefore === null) return [];
  return byPatch(c, 'clean-process', 'with no head count left behind', { numKvHeadsBefore: null });
}

/** The sequence padded until the ranks divide it. */
function evenChunks(c: Case): Remedy[] {
  const seq = Math.ceil(c.seq / c.sp) * c.sp;
  return seq === c.seq ? [] : byPatch(c, 'seq', `padded to ${seq} tokens`, { seq });
}

function repeatedHeads(c: Case): Remedy[] {
  const repeats = c.calls.some((call) => kvTimes(c, call, true) > 1);
  const code = findImplementation(c.implementation) ?? {};
  const itself = repeatsKv(c, code) && kvRepeatOf(c, code) !== 'tile';
  if (!repeats || itself) return [];
  return byPatch(c, 'kv-repeat', 'with KV heads repeated', { kvRepeat: 'in-place' });
}

/** One rank alone has nobody to disagree with: that is no remedy. */
function fewerRanks(c: Case): Remedy[] {
  return range(c.sp)
    .filter((sp) => sp > 1 && c.seq % sp === 0)
    .toReversed()
    .flatMap((sp) => byPatch(c, `sp-${sp}`, `on ${sp} ranks`, { sp }));
}

function byPatch(c: Case, id: string, says: string, patch: CasePatch): Remedy[] {
  const parsed = caseWithPatch(c, patch);
  return parsed.ok ? [{ id, says, case: parsed.case }] : [];
}
