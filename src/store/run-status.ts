import type { Rank } from '../engine/event.ts';
import type { RunStatus } from './state.ts';

/** A run under way, with the ranks that do not answer and in how many seconds they count as lost. */
export function runningWithout(ranks: readonly Rank[], seconds: number): RunStatus {
  return { kind: 'running', silence: ranks.length > 0 ? { ranks, seconds } : null };
}
