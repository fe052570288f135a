import type { Recording } from '../event.ts';
import { type Finding, VERDICTS, type Verdict } from '../finding.ts';
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
import { shapeAndOrder } from './shape-and-order.ts';
import { splitsAgree } from './splits-agree.ts';
import { stateClean } from './state-clean.ts';

/** The catalogue of checks, in the order in which they are told. */
export const CHECKS: readonly Check[] = [
  sameBranch,
  noException,
  splitsAgree,
  sameCollectives,
  passOneTruthCheck,
  passTwoTruthCheck,
  roundTrip,
  shapeAndOrder,
  headsBalanced,
  gqaGroups,
  stateClean,
  attentionEqual,
];

/** Asks every check; the verdict is the worst that any of them comes to. */
export function judge(recording: Recording): { verdict: Verdict; findings: Finding[] } {
  // Not spread into another object, which would have the evidence read.
  const findings = CHECKS.map((check) =>
    Object.assign(check.judge(recording), { check: check.id, title: check.title }),
  );
  const worst = Math.min(...findings.map(({ verdict }) => VERDICTS.indexOf(verdict ?? 'fine')));
  return { verdict: VERDICTS[worst] ?? 'fine', findings };
}
