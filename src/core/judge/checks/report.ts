import { finish, type Steps } from '../../../base/steps.ts';
import type { Implementation } from '../../published/implementation.ts';
import type { Recording } from '../../recording/event.ts';
import type { CheckId, CheckStatus, Evidence, Severity, Verdict } from '../finding.ts';
import { type CallOutcome, outcomesInSteps } from '../outcome.ts';
import { judgeInSteps } from './index.ts';

/** What a run came to, for a program that reads it. */
export interface Report {
  /** What ran: "DeepSpeed 0.15.4", "DeepSpeed 0.15.4 + edited rule". */
  readonly title: string;
  /** What the verdict was reached over: "q, k, v, forward and backward". */
  readonly scope: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly findings: readonly ReportedFinding[];
  /** Each call that was reached, in the form of the real runs' `expected`. */
  readonly calls: readonly CallOutcome[];
}

export interface ReportedFinding {
  readonly check: CheckId;
  readonly status: CheckStatus;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
}

/** Judges a run, for those who read reports and not the screen. */
export function reportOf(recording: Recording, implementation: Implementation): Report {
  return finish(reportInSteps(recording, implementation));
}

/** The same in steps: what each rank returned is hashed. */
export function* reportInSteps(
  recording: Recording,
  implementation: Implementation,
): Steps<Report> {
  const { verdict, severity, findings } = yield* judgeInSteps(recording);
  return {
    title: recording.contract.title,
    scope: recording.contract.scope,
    verdict,
    severity,
    findings: findings.map(({ check, status, summary, evidence }) => ({
      check,
      status,
      summary,
      evidence,
    })),
    calls: yield* outcomesInSteps(recording, implementation),
  };
}
