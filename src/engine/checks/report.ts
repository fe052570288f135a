import type { Recording } from '../event.ts';
import type { CheckId, CheckStatus, Evidence, Severity, Verdict } from '../finding.ts';
import type { Implementation } from '../implementation.ts';
import { type CallOutcome, outcomesOf } from '../outcome.ts';
import { scopeOf, titleOf } from '../scope.ts';
import { judge } from './index.ts';

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
  const { verdict, severity, findings } = judge(recording);
  return {
    title: titleOf(recording.case),
    scope: scopeOf(recording.case),
    verdict,
    severity,
    findings: findings.map(({ check, status, summary, evidence }) => ({
      check,
      status,
      summary,
      evidence,
    })),
    calls: outcomesOf(recording, implementation),
  };
}
