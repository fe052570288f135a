import { assert, at } from '../../base/assert.ts';
import { estimateBytes, mebibytes } from '../cases/memory.ts';
import { scopeOf } from '../cases/scope.ts';
import type { Case } from '../contract/case.ts';
import type { Verdict } from '../judge/finding.ts';
import { findImplementation } from '../programs/implementations/index.ts';
import { PROJECTS, type Project, rangeText } from '../published/publication.ts';
import type { Advice, NotEnough, Remedy } from './advice.ts';
import {
  cleanProcess,
  earlierRelease,
  modelsApart,
  type OtherCode,
  oneSample,
  onRanks,
  otherCodes,
  plainFixes,
  releaseRemedy,
  repairOf,
  smallerDegrees,
} from './candidates.ts';
import { jobOf, SIZES, type Size, shrunk } from './small-case.ts';
import { type Tried, tryCase, whyNot } from './try-case.ts';

/** A smaller case may still be too large to be tried while somebody waits. */
const MOST_BYTES = 4 * 1024 * 1024;
/** More than these are a list to be read, not a next step. */
const MOST_FIXES = 3;
const MOST_DEGREES = 4;
const MOST_FAILING = 2;

/** What is tried next; sent back is what it came to. */
export type Trials = Generator<Case, Advice, Tried>;

/** What to do about a case that came to `verdict`, with every change tried at once. */
export function adviceFor(c: Case, verdict: Verdict): Advice {
  const trials = adviceTrials(c, verdict);
  let step = trials.next();
  while (!step.done) step = trials.next(tryCase(step.value));
  return step.value;
}

/**
 * The same, a trial at a time, so that a page can answer between two. Changes are judged over the
 * whole job (`jobOf`), at a size at which the case fails just as it does at its own.
 */
export function* adviceTrials(c: Case, verdict: Verdict): Trials {
  const nothing = { of: c, fixes: [], noFix: null, without: [], notEnough: [], scope: null };
  if (verdict === 'fine') return { ...nothing, tried: 'Nothing was tried: the case is fine.' };
  if (c.fault !== undefined) {
    const tried = `Nothing was tried: the case itself makes rank ${c.fault.rank} fail.`;
    return { ...nothing, tried };
  }
  const size = yield* fittingSize(c, verdict);
  if (typeof size === 'string') return { ...nothing, tried: size };

  const known = new Map<string, Tried>();
  function* whole(changed: Case): Generator<Case, Tried, Tried> {
    const wanted = shrunk(jobOf(changed), size as Size);
    const key = JSON.stringify(wanted);
    const before = known.get(key);
    if (before !== undefined) return before;
    const tried = yield wanted;
    known.set(key, tried);
    return tried;
  }
  function* runs(changed: Case): Generator<Case, boolean, Tried> {
    return (yield* whole(changed)).severity !== 'fault';
  }
  function* running(list: readonly Remedy[], most: number): Generator<Case, Remedy[], Tried> {
    const found: Remedy[] = [];
    for (const remedy of list) {
      if (found.length < most && (yield* runs(remedy.case))) found.push(remedy);
    }
    return found;
  }

  const own = yield* whole(c);
  if (own.severity === 'warning') {
    return { ...nothing, tried: 'Nothing to mend: the code means it, and every element is right.' };
  }
  const { first, last } = plainFixes(c);
  const { later, earlier } = otherCodes(c);
  const fixes = yield* running(first, MOST_FIXES);
  let failingRelease: NotEnough | null = null;
  for (const [place, code] of later.entries()) {
    const tried = yield* whole(code.case);
    if (tried.severity !== 'fault') {
      fixes.push(yield* upgrade(later, place, whole));
      break;
    }
    failingRelease = failingUpgrade(code, tried) ?? failingRelease;
  }
  fixes.push(...(yield* running([...repairOf(c), ...last], MOST_FIXES)));

  const degrees = smallerDegrees(c);
  const without: Remedy[] = [];
  const failing: NotEnough[] = [];
  for (const sp of degrees) {
    for (const remedy of onRanks(c, sp)) {
      if (without.length === MOST_DEGREES) break;
      const tried = yield* whole(remedy.case);
      if (tried.severity !== 'fault') without.push(remedy);
      else if (without.length === 0 && c.sp % sp === 0) failing.push(failingChange(remedy, tried));
    }
  }
  without.push(...(yield* running([...oneSample(c), ...cleanProcess(c)], 2)));
  const apart = modelsApart(c);
  if (apart !== null && (yield* allRun(apart, runs))) without.push(ownProcesses(apart));
  const released = fixes.some(({ id }) => findImplementation(id)?.publication.releases != null);
  if (!released && fixes.every(({ kind }) => kind === 'release')) {
    for (const code of earlier) {
      if (!(yield* runs(code.case))) continue;
      without.push(earlierRelease(code));
      break;
    }
  }
  if (without.length === 0 && fixes.length === 0 && c.sp > 1) {
    without.push(...(yield* running(onRanks(c, 1), 1)));
  }
  const releases = [...sameCodeUpTo(c, own), ...(failingRelease === null ? [] : [failingRelease])];
  const { newest } = projectFor(c);
  return {
    of: c,
    fixes: fixes.slice(0, MOST_FIXES),
    noFix: releases.length === 0 ? null : `none in any release up to ${newest}`,
    without,
    notEnough: [...failing.slice(0, MOST_FAILING), ...(fixes.length === 0 ? [] : releases)],
    scope: scopeOf(jobOf(c)),
    tried: sizeText(c, shrunk(jobOf(c), size)),
  };
}

/**
 * The size to try changes with: the smallest at which the case still comes to what it came to, or
 * its own; else why there is none.
 */
function* fittingSize(c: Case, verdict: Verdict): Generator<Case, Size | string, Tried> {
  for (const size of SIZES) {
    const wanted = shrunk(c, size);
    const bytes = estimateBytes(shrunk(jobOf(c), size));
    if (bytes > MOST_BYTES) {
      return `Nothing was tried: even the smallest case that fails alike would take ${mebibytes(bytes)} MB.`;
    }
    if (failsAlike((yield wanted).verdict, verdict)) return size;
  }
  return 'Nothing was tried: the case fails only where all its calls are judged with attention.';
}

/** The same, or quietly wrong as it was: which of the two only attention's numbers tell at times. */
function failsAlike(found: Verdict, wanted: Verdict): boolean {
  return found === wanted || (QUIET.includes(found) && QUIET.includes(wanted));
}

const QUIET: readonly Verdict[] = ['silently wrong', 'wrong shape'];

/** The first release that runs, and which of those behind it fail again. */
function* upgrade(
  later: readonly OtherCode[],
  place: number,
  whole: (changed: Case) => Generator<Case, Tried, Tried>,
): Generator<Case, Remedy, Tried> {
  const [code, ...after] = later.slice(place) as [OtherCode, ...OtherCode[]];
  const failing: string[] = [];
  for (const one of after) {
    const { releases } = one.implementation.publication;
    const tried = yield* whole(one.case);
    if (releases === null || tried.severity !== 'fault') continue;
    failing.push(`${rangeText(releases)} (${whyNot(tried)})`);
  }
  return releaseRemedy(code, failing);
}

function* allRun(
  cases: readonly Case[],
  runs: (changed: Case) => Generator<Case, boolean, Tried>,
): Generator<Case, boolean, Tried> {
  for (const one of cases) if (!(yield* runs(one))) return false;
  return true;
}

function ownProcesses(apart: readonly Case[]): Remedy {
  const does = 'a process for each model';
  return {
    id: 'own-process',
    kind: 'own-process',
    does,
    name: does,
    case: at(apart, apart.length - 1),
  };
}

function failingChange({ id, does }: Remedy, tried: Tried): NotEnough {
  return { id, what: does, why: whyNot(tried), verdict: tried.verdict };
}

/** A later release that people would upgrade to, and that still fails. */
function failingUpgrade({ implementation }: OtherCode, tried: Tried): NotEnough | null {
  const { id, publication } = implementation;
  if (publication.releases === null) return null;
  const what = `upgrading to ${publication.releases.last}`;
  return { id, what, why: whyNot(tried), verdict: tried.verdict };
}

/** Where the newest release that was read has the same code, upgrading to it changes nothing. */
function sameCodeUpTo(c: Case, tried: Tried): NotEnough[] {
  const { id, publication } = findImplementation(c.implementation) ?? {};
  if (id === undefined || publication?.releases == null || tried.severity !== 'fault') return [];
  const { first, last } = publication.releases;
  if (first === last || last !== PROJECTS[publication.project].newest) return [];
  const what = `any release up to ${last}`;
  return [{ id, what, why: 'the code is the same', verdict: tried.verdict }];
}

function projectFor(c: Case): Project {
  const implementation = findImplementation(c.implementation);
  assert(implementation !== undefined, 'only known implementations are run');
  return PROJECTS[implementation.publication.project];
}

/** "Each change was run with head dim 1, 16 tokens." */
function sizeText(c: Case, small: Case): string {
  const smaller = [
    small.headDim < c.headDim ? `head dim ${small.headDim}` : '',
    small.seq < c.seq ? `${small.seq} tokens` : '',
    small.batch < c.batch ? `batch ${small.batch}` : '',
  ].filter((part) => part !== '');
  return smaller.length === 0
    ? 'Each change was run at this size.'
    : `Each change was run smaller: ${smaller.join(', ')}.`;
}
