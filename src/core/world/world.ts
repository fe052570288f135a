import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { recordingOf } from '../cases/origin.ts';
import type { Case } from '../contract/case.ts';
import type { Implementation } from '../published/implementation.ts';
import type { Rank, RankRecording, Recording } from '../recording/event.ts';
import { type Header, settle } from '../recording/settle.ts';
import { type RankOptions, type RankRun, runRank, type Wait, type WaitResult } from './rank.ts';

/**
 * Runs all ranks of a case in this thread, round by round: each rank goes on until it waits, then
 * the round is settled for all. Deterministic, for tests, the map and Node; `ranks/` does the same
 * with Workers.
 */
export function runWorld(
  c: Case,
  implementation: Implementation,
  options: Omit<RankOptions, 'recorder'> = {},
): Recording {
  const runs = range(c.sp).map((rank) => runRank(c, implementation, rank, options));
  return recordingOf(c, implementation, runTogether(runs));
}

/** The same of ranks that somebody else has made: what each of them left behind. */
export function runTogether(runs: readonly RankRun[]): readonly RankRecording[] {
  let steps = runs.map((run) => run.next());
  while (!steps.every((step) => step.done)) {
    const settlementOf = settle(steps.map(headerOf));
    steps = steps.map((step, rank) => {
      if (step.done) return step;
      const settlement = settlementOf(rank);
      if (settlement.kind === 'again') return step;
      const result: WaitResult =
        settlement.kind === 'exchange'
          ? { kind: 'received', pieces: steps.map((from) => pieceFor(from, rank)) }
          : settlement;
      return at(runs, rank).next(result);
    });
  }
  return steps.map(leftBy);
}

type Step = IteratorResult<Wait, RankRecording>;

/** A rank that has ended before the others is lost: all others end in the same round. */
function headerOf(step: Step): Header {
  return step.done ? { kind: 'lost' } : step.value.header;
}

function leftBy(step: Step): RankRecording {
  assert(step.done === true, 'all ranks ended');
  return step.value;
}

function pieceFor(step: Step, rank: Rank): Int32Array {
  assert(!step.done && step.value.pieces !== null, 'an exchange is settled only among ranks in it');
  return at(step.value.pieces, rank);
}
