import { assert, at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import type { Case } from './case.ts';
import type { Rank, RankRecording, Recording } from './event.ts';
import type { Implementation } from './implementation.ts';
import { type RankRun, runRank, type Wait, type WaitResult } from './rank.ts';
import { settle } from './settle.ts';

/**
 * Runs all ranks of a case in this thread, round by round: each rank goes on until it waits, then
 * the round is settled for all. Deterministic, for tests, the map and Node; `ranks/` does the same
 * with one Worker a rank.
 */
export function runWorld(c: Case, implementation: Implementation): Recording {
  const runs: RankRun[] = range(c.sp).map((rank) => runRank(c, implementation, rank));
  let steps = runs.map((run) => run.next());
  while (!steps.every((step) => step.done)) {
    const waits = steps.map(waitOf);
    const headers = waits.map((wait) => wait.header);
    steps = steps.map((step, rank) => {
      const settlement = settle(headers, rank);
      if (settlement.kind === 'again') return step;
      const result: WaitResult =
        settlement.kind === 'exchange'
          ? { kind: 'received', pieces: waits.map((wait) => pieceFor(wait, rank)) }
          : settlement;
      return at(runs, rank).next(result);
    });
  }
  return { case: c, ranks: steps.map(recordingOf) };
}

function waitOf(step: IteratorResult<Wait, RankRecording>): Wait {
  assert(!step.done, 'all ranks end in the same round');
  return step.value;
}

function recordingOf(step: IteratorResult<Wait, RankRecording>): RankRecording {
  assert(step.done === true, 'all ranks ended');
  return step.value;
}

function pieceFor(wait: Wait, rank: Rank): Int32Array {
  assert(wait.pieces !== null, 'an exchange is settled only among ranks that bring pieces');
  return at(wait.pieces, rank);
}
