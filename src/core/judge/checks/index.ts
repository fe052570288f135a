import { at } from '../../../base/assert.ts';
import type { Steps } from '../../../base/steps.ts';
import { lacking } from '../../contract/capability.ts';
import { eventsByCall, type Recording } from '../../recording/event.ts';
import {
  CHECK_IDS,
  type CheckId,
  type Finding,
  type Judgement,
  type Severity,
  severityOf,
  VERDICTS,
  type Verdict,
} from '../finding.ts';
import { attentionEqual } from './attention-equal.ts';
import type { Check } from './check.ts';
import { gqaGroups } from './gqa-groups.ts';
import { headsBalanced } from './heads-balanced.ts';
import { noException } from './no-exception.ts';
import { passOneTruthCheck } from './pass1-truth.ts';
import { passTwoTruthCheck } from './pass2-truth.ts';
import { roundTrip } from './round-trip.ts';
import { sameBranch } from './same-branch.ts';
import { sameCollectives } from './same-collectives.ts';
import { sequenceDealt } from './sequence-dealt.ts';
import { shapeAndOrder } from './shape-and-order.ts';
import { splitsAgree } from './splits-agree.ts';
import { stateClean } from './state-clean.ts';

interface NamedCheck extends Check {
  readonly id: CheckId;
}

const BY_ID: Readonly<Record<CheckId, Check>> = {
  'sequence-dealt': sequenceDealt,
  'same-branch': sameBranch,
  'no-exception': noException,
  'splits-agree': splitsAgree,
  'same-collectives': sameCollectives,
  'pass1-truth': passOneTruthCheck,
  'pass2-truth': passTwoTruthCheck,
  'round-trip': roundTrip,
  'shape-and-order': shapeAndOrder,
  'heads-balanced': headsBalanced,
  'gqa-groups': gqaGroups,
  'state-clean': stateClean,
  'attention-equal': attentionEqual,
};

/** The catalogue of checks, in the order in which they are told. */
export const CHECKS: readonly NamedCheck[] = CHECK_IDS.map((id) => ({ id, ...BY_ID[id] }));

/** What a recording comes to, and what the checks that were asked say of it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly findings: readonly Finding[];
}

/** Asks every check; the verdict is the worst that any of them comes to. */
export function judge(recording: Recording): Judged {
  return judgedFrom(CHECKS.map((check) => ask(check, recording)));
}

/** The same in steps: those that each check has, and each check. */
export function* judgeInSteps(recording: Recording): Steps<Judged> {
  for (const rank of recording.ranks) {
    eventsByCall(rank);
    yield;
  }
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    if (check.prepare !== undefined && lacking(recording, check.needs) === null) {
      yield* check.prepare(recording);
    }
    findings.push(ask(check, recording));
    yield;
  }
  return judgedFrom(findings);
}

/**
 * The same verdict with every finding that makes it, but checks are asked the most harmful first, and
 * not at all once none that is left could come to anything as bad: most runs that fail are never read
 * element by element.
 */
export function judgeBriefly(recording: Recording): Judged {
  const findings: Finding[] = [];
  let verdict: Verdict = 'fine';
  for (const { check, worst } of HARMFUL) {
    if (VERDICTS.indexOf(worst) > VERDICTS.indexOf(verdict)) break;
    findings.push(ask(check, recording));
    verdict = worstIn(findings);
  }
  return judgedFrom(findings);
}

function judgedFrom(findings: readonly Finding[]): Judged {
  const verdict = worstIn(findings);
  return { verdict, severity: severityOf(verdict, findings), findings };
}

/** The checks whose failure makes a run bad, by how bad. */
const HARMFUL = CHECKS.flatMap((check) =>
  check.worst === null ? [] : [{ check, worst: check.worst }],
).toSorted((a, b) => VERDICTS.indexOf(a.worst) - VERDICTS.indexOf(b.worst));

function ask(check: NamedCheck, recording: Recording): Finding {
  const lack = lacking(recording, check.needs);
  const judged: Judgement =
    lack === null
      ? check.judge(recording)
      : { status: 'not-applicable', summary: lack, evidence: [] };
  // Not spread into another object, which would have the evidence read.
  return Object.assign(judged, { check: check.id, title: check.title });
}

function worstIn(findings: readonly Finding[]): Verdict {
  const worst = Math.min(...findings.map(({ verdict }) => VERDICTS.indexOf(verdict ?? 'fine')));
  return at(VERDICTS, worst);
}
