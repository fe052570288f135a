import { at } from '../../base/assert.ts';
import { sameNumbers } from '../../base/numbers.ts';
import { callTitle, endingOf, eventsByCall, type Recording } from '../event.ts';
import type { Evidence } from '../finding.ts';
import { elementsOf } from '../recorded-tensor.ts';
import type { Shard } from '../shard.ts';
import { implementationOf, passOneCallOf, passOneTruth, passTwoTruth } from '../truth.ts';
import { runWorld } from '../world.ts';
import { type Check, evidence } from './check.ts';
import { departures } from './compare-with-truth.ts';

/**
 * Pass 2, fed *correct* head-sharded data, returns what pass 1 began with: tells a fault of pass 2
 * from one that pass 1 handed on. The pass is run once more, in this thread, on the truth of pass 1.
 */
export const passTwoTruthCheck: Check = {
  id: 'pass2-truth',
  title: 'Pass 2, fed rightly, brings everything home',
  judge(recording) {
    const c = recording.case;
    let judged = 0;
    const found: Evidence[] = [];
    for (const [call, { pass }] of c.calls.entries()) {
      const there = pass === 2 ? passOneCallOf(c.calls, call) : null;
      const fed = there === null ? null : wholeTruth(recording, there);
      if (there === null || fed === null) continue;
      judged += 1;
      const problem = faultOfPassTwo(recording, call, fed);
      if (problem === null) continue;
      found.push(evidence(c, call, problem.text, { ranks: [problem.rank] }));
    }
    const [first] = found;
    if (judged === 0) {
      return { status: 'not-applicable', summary: 'pass 1 left no whole heads', evidence: [] };
    }
    return first === undefined
      ? { status: 'pass', summary: `${judged} of ${judged} second passes`, evidence: [] }
      : {
          status: 'fail',
          summary: `${callTitle(at(c.calls, first.call))}, fed rightly: ${first.text}`,
          evidence: found,
        };
  },
};

/** What pass 1 should have given, on all ranks; null where that cannot be said. */
function wholeTruth(recording: Recording, call: number): readonly Shard[] | null {
  const truths = passOneTruth(recording, call);
  const whole = truths.filter((truth) => truth !== null);
  return whole.length === truths.length ? whole : null;
}

function faultOfPassTwo(
  recording: Recording,
  call: number,
  fed: readonly Shard[],
): { rank: number; text: string } | null {
  const c = recording.case;
  const there = passOneCallOf(c.calls, call);
  // Where pass 1 gave just this, pass 2 has been fed rightly already.
  const fedAlready =
    c.fault === undefined &&
    there !== null &&
    departures(recording, there).every((one) => !one.shapeWrong && one.wrongElements === 0);
  if (fedAlready) return faultIn(recording, call, passTwoTruth(recording, call));
  const { fault: _, ...healthy } = c;
  const called = eventsByCall(at(recording.ranks, 0))[call]?.events[0];
  const before = called?.kind === 'called' ? called.numKvHeads : c.numKvHeadsBefore;
  const alone = { ...healthy, numKvHeadsBefore: before, calls: [at(c.calls, call)] };
  const rerun = runWorld(alone, implementationOf(recording), {
    attention: false,
    given: (rank) => at(fed, rank),
  });
  return faultIn(rerun, 0, passTwoTruth(recording, call));
}

/** What a pass-2 call gave that differs from the truth, on the first rank that shows it. */
function faultIn(
  recording: Recording,
  call: number,
  truths: readonly Shard[],
): { rank: number; text: string } | null {
  for (const [rank, ranked] of recording.ranks.entries()) {
    const own = eventsByCall(ranked)[call];
    const ending = own === undefined ? null : endingOf(own);
    if (ending?.kind === 'raised')
      return { rank, text: `rank ${rank}: ${ending.error}: ${ending.message}` };
    // A pass that was never reached has been fed nothing.
    if (own === undefined) return null;
    if (ending?.kind !== 'returned') return { rank, text: `rank ${rank} is left waiting` };
    const truth = at(truths, rank);
    const ids = elementsOf(ranked, ending.output);
    if (!sameElements(ids, truth.ids)) return { rank, text: `rank ${rank} gets wrong elements` };
    if (!sameNumbers(ending.output.shape, truth.shape)) {
      return { rank, text: `rank ${rank} gets shape [${ending.output.shape.join(', ')}]` };
    }
  }
  return null;
}

function sameElements(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
