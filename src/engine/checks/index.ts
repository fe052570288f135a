import type { Recording } from '../event.ts';
import { type Finding, VERDICTS, type Verdict } from '../finding.ts';
import type { Check } from './check.ts';
import { noException } from './no-exception.ts';
import { roundTrip } from './round-trip.ts';
import { sameBranch } from './same-branch.ts';
import { shapeAndOrder } from './shape-and-order.ts';
import { splitsAgree } from './splits-agree.ts';

/** The catalogue of checks, in the order in which they are told. */
export const CHECKS: readonly Check[] = [
  sameBranch,
  noException,
  splitsAgree,
  roundTrip,
  shapeAndOrder,
];

/** Asks every check; the verdict is the worst that any of them comes to. */
export function judge(recording: Recording): { verdict: Verdict; findings: Finding[] } {
  const findings = CHECKS.map((check) => ({
    check: check.id,
    title: check.title,
    ...check.judge(recording),
  }));
  const worst = Math.min(...findings.map(({ verdict }) => VERDICTS.indexOf(verdict ?? 'fine')));
  return { verdict: VERDICTS[worst] ?? 'fine', findings };
}
