import { assert } from '../base/assert.ts';
import type { Case } from '../engine/case.ts';
import { judge } from '../engine/checks/index.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { hasEnded, type StopAt } from '../engine/standstill.ts';
import { runWorld } from '../engine/world.ts';
import { mergeTrace } from '../trace/trace.ts';
import type { LessonRun } from './lesson-run.ts';

/** A case, run in this thread: to its end, and judged, or as far as `until` says. */
export function runInThread(wanted: Case, until: StopAt | null = null): LessonRun {
  const implementation = findImplementation(wanted.implementation);
  assert(implementation !== undefined, 'only known implementations are run');
  const recording = runWorld(wanted, implementation, { until });
  const judged = hasEnded(recording) ? judge(recording) : { verdict: null, findings: [] };
  return { trace: mergeTrace(recording), ...judged };
}
