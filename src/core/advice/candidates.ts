import { range } from '../../base/numbers.ts';
import { caseWithPatch, underPublished } from '../case-text/case-patch.ts';
import type { CasePatch } from '../cases/case-option.ts';
import { hasEditedRule } from '../cases/scope.ts';
import { type Case, kvTimes } from '../contract/case.ts';
import { lengthsOf, sharesOf } from '../contract/sequence.ts';
import { ORDER_TEXTS } from '../contract/sequence-text.ts';
import {
  expectedOrder,
  findImplementation,
  IMPLEMENTATIONS,
} from '../programs/implementations/index.ts';
import { kvRepeatOf, repeatsKv } from '../published/caller.ts';
import type { Implementation } from '../published/implementation.ts';
import { PROJECTS, releasesText } from '../published/publication.ts';
import type { Remedy, RemedyKind } from './advice.ts';

/** Changes that do not depend on a release, of which each mends its own kind of fault. */
export function plainFixes(c: Case): { readonly first: Remedy[]; readonly last: Remedy[] } {
  return {
    first: [...rightIndex(c), ...publishedRule(c), ...rightOrder(c)],
    last: [...repeatedHeads(c), ...paddedSequence(c)],
  };
}

function rightIndex(c: Case): Remedy[] {
  if (c.gatherIdx === undefined) return [];
  const does = `pass gather_idx = ${1 - c.batchDimIdx}, the sequence dimension of this layout`;
  return changed(c, 'gather-index', 'gather-index', does, 'the right gather index', {
    gatherIdx: null,
  });
}

function publishedRule(c: Case): Remedy[] {
  if (!hasEditedRule(c)) return [];
  const published = underPublished(c, c.implementation);
  if (published === null) return [];
  return [
    {
      id: 'published-rule',
      kind: 'published-rule',
      does: 'go back to the published rule',
      name: 'the published rule',
      case: published,
    },
  ];
}

/** Nothing left behind by whatever ran before in the process. */
export function cleanProcess(c: Case): Remedy[] {
  if (c.numKvHeadsBefore === null) return [];
  const does = 'start in a clean process, with no head count left behind';
  return changed(c, 'clean-process', 'clean-process', does, 'a clean process', {
    numKvHeadsBefore: null,
  });
}

function repeatedHeads(c: Case): Remedy[] {
  const repeats = c.calls.some((call) => kvTimes(c, call, true) > 1);
  const code = findImplementation(c.implementation) ?? {};
  const itself = repeatsKv(c, code) && kvRepeatOf(c, code) !== 'tile';
  if (!repeats || itself) return [];
  const does = 'repeat each KV head in place before pass 1, as often as the ranks need';
  return changed(c, 'repeat-kv', 'repeat-kv', does, 'KV heads repeated', { kvRepeat: 'in-place' });
}

function paddedSequence(c: Case): Remedy[] {
  const shares = sharesOf(c.sequenceOrder ?? expectedOrder(c), c.sp);
  const seq = Math.ceil(c.seq / shares) * shares;
  const isList = c.sequenceSplit !== undefined && lengthsOf(c.sequenceSplit) !== null;
  if (seq === c.seq && !isList) return [];
  // Who says how the sequence is dealt can have it dealt with padding.
  const isNamed = c.sequenceSplit !== undefined && !isList;
  const does =
    seq === c.seq
      ? 'give each rank as many tokens'
      : `pad the sequence to ${seq} tokens, a multiple of ${shares}`;
  return changed(c, 'pad-sequence', 'pad-sequence', does, isNamed ? 'padding' : `${seq} tokens`, {
    ...(isNamed ? { sequenceSplit: 'pad' } : { seq }),
    ...(isList ? { sequenceSplit: null } : {}),
  });
}

/** The sequence in the order that the code expects, padded where it has to be for that. */
function rightOrder(c: Case): Remedy[] {
  const order = expectedOrder(c);
  if (c.sequenceOrder === undefined || c.sequenceOrder === order) return [];
  const shares = sharesOf(order, c.sp);
  const seq = c.sequenceSplit === 'pad' ? c.seq : Math.ceil(c.seq / shares) * shares;
  const padded = seq === c.seq ? '' : `, padded to ${seq} tokens`;
  const does = `deal the sequence ${ORDER_TEXTS[order]}, as this code expects${padded}`;
  return changed(c, 'sequence-order', 'sequence-order', does, `${order} tokens`, {
    seq,
    sequenceOrder: order,
  });
}

/** A published code of the same project, and the case under it. */
export interface OtherCode {
  readonly implementation: Implementation;
  readonly case: Case;
}

/**
 * The project's usual codes that come after this one, the nearest first, and those before, the nearest
 * first. An option of a release has neither.
 */
export function otherCodes(c: Case): {
  readonly later: OtherCode[];
  readonly earlier: OtherCode[];
} {
  const own = findImplementation(c.implementation);
  if (own === undefined || own.publication.variant !== undefined) return { later: [], earlier: [] };
  const inOrder = IMPLEMENTATIONS.filter(
    ({ publication: { project, variant } }) =>
      project === own.publication.project && variant === undefined,
  ).toSorted((a, b) => ageOf(a) - ageOf(b));
  const under = (list: readonly Implementation[]) =>
    list.flatMap((implementation) => {
      const taken = underPublished(c, implementation.id);
      const fits = implementation.layouts.includes(c.batchDimIdx);
      return taken === null || !fits ? [] : [{ implementation, case: taken }];
    });
  const place = inOrder.indexOf(own);
  return {
    later: under(inOrder.slice(place + 1)),
    earlier: under(inOrder.slice(0, place).toReversed()),
  };
}

/** What repaired an option of a release, where that is no implementation of its own. */
export function repairOf(c: Case): Remedy[] {
  const { publication } = findImplementation(c.implementation) ?? {};
  const { repairedBy } = publication ?? {};
  if (publication === undefined || repairedBy === undefined) return [];
  const taken = underPublished(c, repairedBy.as);
  const { newest } = PROJECTS[publication.project];
  const does = `take #${repairedBy.pullRequest} (merged, in no release up to ${newest}), or do without the ${publication.variant}`;
  const name = `the fix (#${repairedBy.pullRequest})`;
  return taken === null ? [] : [{ id: repairedBy.as, kind: 'release', does, name, case: taken }];
}

/** Released in the order of their releases, then what was merged, then what was proposed. */
function ageOf({ publication: { releases, status, pullRequest } }: Implementation): number {
  if (releases === null) return (status === 'merged' ? 1e6 : 1e7) - (pullRequest ?? 0);
  const [major = 0, minor = 0, patch = 0] = releases.first.split('.').map(Number);
  return (major * 100 + minor) * 100 + patch;
}

/**
 * "upgrade to ≥ 0.16.2 (#6797)", "take #8316 (merged, in no release up to 0.19.5)". Releases behind it
 * that fail again are named, each with why: "0.16.3 – 0.19.5 (returns a wrong shape)".
 */
export function releaseRemedy(code: OtherCode, failing: readonly string[]): Remedy {
  const { implementation, case: taken } = code;
  const { id, title, publication } = implementation;
  const { releases, pullRequest, thread } = publication;
  const number = pullRequest ?? thread;
  const hash = number === undefined ? '' : ` (#${number})`;
  const except = failing.length === 0 ? '' : `, except ${failing.join(', ')}`;
  const does =
    releases === null
      ? `take #${number} (${releasesText(publication)})`
      : `upgrade to ≥ ${releases.first}${hash}${except}`;
  const name = number === undefined ? title : `the fix (#${number})`;
  return { id, kind: 'release', does, name, case: taken };
}

/** "DeepSpeed 0.16.2": an earlier release that runs. */
export function earlierRelease({ implementation, case: taken }: OtherCode): Remedy {
  const { id, title, publication } = implementation;
  const last = publication.releases?.last;
  const does = last === undefined ? title : `going back to ${last}`;
  return { id, kind: 'release', does, name: title, case: taken };
}

/**
 * Smaller degrees that a job would take: they divide the ranks or the heads, or are powers of two. The
 * largest first, without the single rank that has nobody to disagree with.
 */
export function smallerDegrees(c: Case): number[] {
  const heads = c.calls.map((call) => call.heads);
  const useful = (sp: number) =>
    [c.sp, ...heads].some((count) => count % sp === 0) || Number.isInteger(Math.log2(sp));
  return range(c.sp)
    .filter((sp) => sp > 1 && useful(sp))
    .toReversed();
}

/** The case on fewer ranks; the tokens per rank stay where they do not divide the sequence. */
export function onRanks(c: Case, sp: number): Remedy[] {
  const seq = c.seq % sp === 0 || c.seq % c.sp !== 0 ? c.seq : (c.seq / c.sp) * sp;
  return changed(c, `sp-${sp}`, 'ranks', `SP ${sp}`, `SP ${sp}`, { sp, seq });
}

/** One sample at a time. */
export function oneSample(c: Case): Remedy[] {
  return c.batch === 1 ? [] : changed(c, 'batch-1', 'batch', 'batch 1', 'batch 1', { batch: 1 });
}

function changed(
  c: Case,
  id: string,
  kind: RemedyKind,
  does: string,
  name: string,
  patch: CasePatch,
): Remedy[] {
  const parsed = caseWithPatch(c, patch);
  return parsed.ok ? [{ id, kind, does, name, case: parsed.case }] : [];
}

/** Two models of one process, each alone; null where the case is another program. */
export function modelsApart(c: Case): readonly Case[] | null {
  if (c.program !== 'twoModels') return null;
  const counts = [...new Set(c.calls.map(({ heads }) => heads))];
  const alone = counts.flatMap((heads) =>
    changed(c, '', 'own-process', '', '', { program: 'roundTrip', heads, kvHeads: heads }),
  );
  return alone.map((one) => one.case);
}
