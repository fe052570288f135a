import type { Finding, Verdict } from '../../core/judge/finding.ts';
import type { Trace } from '../../trace/trace.ts';

/** A run as a lesson needs it: to its end, or as far as its ranks have come. */
export interface LessonRun {
  readonly trace: Trace;
  /** Null where the ranks have not come to their end. */
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
}
