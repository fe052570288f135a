import { finish, type Steps } from '../base/steps.ts';
import type { Case } from '../core/contract/case.ts';
import { judgeInSteps } from '../core/judge/checks/index.ts';
import { explain } from '../core/judge/explain/explain.ts';
import type { Explanation } from '../core/judge/explain/explanation.ts';
import type { Finding, Verdict } from '../core/judge/finding.ts';
import type { Recording } from '../core/recording/event.ts';
import { hasEnded, type StopAt } from '../core/recording/standstill.ts';
import { failed, momentsInSteps, momentsOf } from '../trace/moment.ts';
import { statesInSteps } from '../trace/state.ts';
import { mergeInSteps, type Trace } from '../trace/trace.ts';
import type { Cursor } from './playback.ts';

/** What is shown of the ranks: a run that is over, or as far as they have come. */
export type Shown = Judged | Standing;

/** The same to those who draw it and name it, and ask for no case. */
export type ShownRun = JudgedRun | Omit<Standing, 'case'>;

/** A run that is over, judged and ready to be shown, wherever its recording comes from. */
export interface JudgedRun {
  readonly trace: Trace;
  readonly until: null;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly explanation: Explanation;
}

/** The same of a case of this page. */
export interface Judged extends JudgedRun {
  readonly case: Case;
}

/** Ranks that stand where a lesson asks. Of a run that is not over nothing is claimed. */
export interface Standing {
  readonly case: Case;
  readonly trace: Trace;
  /** How far they were to go. */
  readonly until: StopAt;
  readonly verdict: null;
  readonly findings: readonly [];
  readonly explanation: null;
}

export function isStanding(shown: Shown | null): shown is Standing {
  return shown !== null && shown.until !== null;
}

export function isJudged(shown: Shown | null): shown is Judged {
  return shown !== null && shown.until === null;
}

/** What ranks left that were to go as far as `until` says: judged, if they came to their end. */
export function* showUntil(wanted: Case, recording: Recording, until: StopAt | null): Steps<Shown> {
  if (until === null || hasEnded(recording)) return yield* showInSteps(wanted, recording);
  const nothing = { verdict: null, findings: [], explanation: null } as const;
  return { case: wanted, trace: yield* mergeInSteps(recording), until, ...nothing };
}

/** Judges and explains a recording of `wanted`. */
export function show(wanted: Case, recording: Recording): Judged {
  return finish(showInSteps(wanted, recording));
}

/** The same in steps: of the largest cases it takes a second. */
export function* showInSteps(wanted: Case, recording: Recording): Steps<Judged> {
  const { verdict, findings } = yield* judgeInSteps(recording);
  const trace = yield* mergeInSteps(recording);
  // What everything on the screen asks of a trace, and would ask in one go.
  yield* statesInSteps(trace);
  yield* momentsInSteps(trace);
  const explanation = explain(recording, findings, verdict);
  return { case: wanted, trace, until: null, verdict, findings, explanation };
}

/** Where a run is first looked at: where it failed, else its end. */
export function landing(trace: Trace): Cursor {
  return momentsOf(trace).find(failed)?.tick ?? trace.ticks - 1;
}

/** Where the way back begins; the start of a run that has none. */
export function startOfPassTwo(trace: Trace): Cursor {
  const { calls } = trace.recording.contract;
  const span = trace.calls.find(({ call }) => calls[call]?.pass === 2);
  return span?.first ?? 0;
}
