import { assert } from '../../base/assert.ts';
import type { Case } from '../../core/contract/case.ts';
import { judge } from '../../core/judge/checks/index.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { hasEnded, type StopAt } from '../../core/recording/standstill.ts';
import { runWorld } from '../../core/world/world.ts';
import { mergeTrace } from '../../trace/trace.ts';
import type { LessonRun } from './lesson-run.ts';

/** A case, run in this thread: to its end, and judged, or as far as `until` says. */
export function runInThread(wanted: Case, until: StopAt | null = null): LessonRun {
  const implementation = findImplementation(wanted.implementation);
  assert(implementation !== undefined, 'only known implementations are run');
  const recording = runWorld(wanted, implementation, { until });
  const judged = hasEnded(recording) ? judge(recording) : { verdict: null, findings: [] };
  return { trace: mergeTrace(recording), ...judged };
}
