import { assert, at } from '../../base/assert.ts';
import type { Case } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Rank, RankRecording } from '../../core/recording/event.ts';
import { settle } from '../../core/recording/settle.ts';
import type { StopAt } from '../../core/recording/standstill.ts';
import { runRank, type Wait, type WaitResult } from '../../core/world/rank.ts';
import type { Brought, RunMesh } from './mesh.ts';

/**
 * Runs the ranks that a Worker hosts (one, up to 64 ranks) to their end, or as far as `until` says,
 * over a mesh: wherever they wait, the other Workers are met and the round is settled by the same
 * function that the one-thread driver uses. Once all are through with their last call nobody is met
 * any more: what there is of them is complete. `lost` is told of a rank that is to be gone for good,
 * with what it has written down; if it returns, the others wait for that rank as they would for any
 * that is gone.
 */
export async function runRanksOver(
  mesh: RunMesh,
  c: Case,
  ranks: readonly Rank[],
  until: StopAt | null,
  lost: (rank: Rank, recording: RankRecording) => void,
): Promise<RankRecording[]> {
  const implementation = findImplementation(c.implementation);
  assert(implementation !== undefined, `an implementation ${c.implementation}`);
  const runs = ranks.map((rank) => runRank(c, implementation, rank, { until }));
  let steps = runs.map((run) => run.next());
  tellLost();
  while (!steps.every((step) => step.done)) {
    const brought = steps.map(broughtBy);
    if (steps.every((step) => step.done || (step.value.pieces === null && step.value.isThrough))) {
      mesh.leave(brought);
      steps = steps.map((step, index) =>
        step.done ? step : at(runs, index).next({ kind: 'stop' }),
      );
      break;
    }
    const round = await mesh.meet(brought);
    const settlementOf = settle(round.headers);
    steps = steps.map((step, index) => {
      const rank = at(ranks, index);
      if (step.done) return step;
      const settlement = settlementOf(rank);
      if (settlement.kind === 'again') return step;
      const result: WaitResult =
        settlement.kind === 'exchange'
          ? {
              kind: 'received',
              pieces: round.headers.map((_, from) => round.pieceFor(from, rank)),
            }
          : settlement;
      return at(runs, index).next(result);
    });
    tellLost();
  }
  return steps.map((step) => {
    assert(step.done === true, 'all ranks ended');
    return step.value;
  });

  function tellLost(): void {
    steps.forEach((step, index) => {
      if (step.done && step.value.events.at(-1)?.kind === 'lost')
        lost(at(ranks, index), step.value);
    });
  }
}

function broughtBy(step: IteratorResult<Wait, RankRecording>): Brought {
  return step.done ? { header: { kind: 'lost' }, pieces: null } : step.value;
}
