import type { Case } from '../engine/case.ts';
import { judge } from '../engine/checks/index.ts';
import type { Recording } from '../engine/event.ts';
import { explain } from '../engine/explain/explain.ts';
import type { Explanation } from '../engine/explain/explanation.ts';
import type { Finding, Verdict } from '../engine/finding.ts';
import { failed, momentsOf } from '../trace/moment.ts';
import { mergeTrace, type Trace } from '../trace/trace.ts';
import type { Cursor } from './playback.ts';

/** A run that is over, judged and ready to be shown. */
export interface Shown {
  readonly case: Case;
  readonly trace: Trace;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly explanation: Explanation;
}

/** Judges and explains a recording of `wanted`. */
export function show(wanted: Case, recording: Recording): Shown {
  const { verdict, findings } = judge(recording);
  return {
    case: wanted,
    trace: mergeTrace(recording),
    verdict,
    findings,
    explanation: explain(recording, findings, verdict),
  };
}

/** Where a run is first looked at: where it failed, else its end. */
export function landing(trace: Trace): Cursor {
  return momentsOf(trace).find(failed)?.tick ?? trace.ticks - 1;
}

/** Where the way back begins; the start of a run that has none. */
export function startOfPassTwo(trace: Trace): Cursor {
  const { calls } = trace.recording.case;
  const span = trace.calls.find(({ call }) => calls[call]?.pass === 2);
  return span?.first ?? 0;
}
