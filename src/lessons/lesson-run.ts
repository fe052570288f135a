import type { Finding, Verdict } from '../engine/finding.ts';
import type { Trace } from '../trace/trace.ts';

/** A run as a lesson needs it. */
export interface LessonRun {
  readonly trace: Trace;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}
