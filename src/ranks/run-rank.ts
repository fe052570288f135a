import { assert } from '../base/assert.ts';
import type { Case } from '../engine/case.ts';
import type { Rank, RankRecording } from '../engine/event.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { runRank, type WaitResult } from '../engine/rank.ts';
import { settle } from '../engine/settle.ts';
import type { RunMesh } from './mesh.ts';

/**
 * Runs one rank to its end over a mesh: wherever it waits, its peers are met and the round is
 * settled by the same function that the one-thread driver uses.
 */
export async function runRankOver(mesh: RunMesh, c: Case, rank: Rank): Promise<RankRecording> {
  const implementation = findImplementation(c.implementation);
  assert(implementation !== undefined, `an implementation ${c.implementation}`);
  const run = runRank(c, implementation, rank);
  let step = run.next();
  while (!step.done) {
    const { header, pieces } = step.value;
    const arrivals = await mesh.meet(header, pieces);
    const settlement = settle(
      arrivals.map((arrival) => arrival.header),
      rank,
    );
    if (settlement.kind === 'again') continue;
    const result: WaitResult =
      settlement.kind === 'exchange'
        ? { kind: 'received', pieces: arrivals.map(({ piece }) => brought(piece)) }
        : settlement;
    step = run.next(result);
  }
  return step.value;
}

function brought(piece: Int32Array | null): Int32Array {
  assert(piece !== null, 'an exchange is settled only among ranks that bring pieces');
  return piece;
}
