import type { RankscopeState, RunStatus, Silence } from './state.ts';

/** A run under way, with the ranks that do not answer, if there are any. */
export function runningWithout(
  ...[ranks, seconds, starting]: [Silence['ranks'], Silence['seconds'], Silence['starting']]
): RunStatus {
  return { kind: 'running', silence: ranks.length > 0 ? { ranks, seconds, starting } : null };
}

/** A run whose ranks are through. */
export const JUDGING: RunStatus = { kind: 'running', silence: null, judging: true };

/** Whether the ranks are through, and what they left is being judged. */
export function isJudging({ status }: Pick<RankscopeState, 'status'>): boolean {
  return status.kind === 'running' && status.judging === true;
}
