import { judge } from './checks/index.ts';
import type { Recording } from './event.ts';
import type { CheckStatus, Evidence, Verdict } from './finding.ts';
import type { Implementation } from './implementation.ts';
import { type CallOutcome, outcomesOf } from './outcome.ts';

/** What a run came to, for a program that reads it. */
export interface Report {
  readonly verdict: Verdict;
  readonly findings: readonly ReportedFinding[];
  /** Each call that was reached, in the form of the real runs' `expected`. */
  readonly calls: readonly CallOutcome[];
}

export interface ReportedFinding {
  readonly check: string;
  readonly status: CheckStatus;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
}

/** Judges a run, for those who read reports and not the screen. */
export function reportOf(recording: Recording, implementation: Implementation): Report {
  const { verdict, findings } = judge(recording);
  return {
    verdict,
    findings: findings.map(({ check, status, summary, evidence }) => ({
      check,
      status,
      summary,
      evidence,
    })),
    calls: outcomesOf(recording, implementation),
  };
}
