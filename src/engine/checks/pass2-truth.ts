import { at } from '../../base/assert.ts';
import { runAlike } from '../alike.ts';
import { sizesOf } from '../case.ts';
import { callTitle, endingOf, eventsByCall, type Rank, type Recording } from '../event.ts';
import type { Evidence } from '../finding.ts';
import type { Shard } from '../shard.ts';
import { implementationOf, passOneCallOf, passOneTruth, passTwoTruth } from '../truth.ts';
import { type Check, endOf, evidence } from './check.ts';
import { compare, departures, misplacedText, shapeText } from './compare-with-truth.ts';
import { pairText } from './splits-agree.ts';

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
      found.push(
        evidence(c, call, problem.text, {
          ranks: [problem.rank],
          operation: endOf(recording, call, problem.rank),
          element: problem.element,
          numbers: problem.numbers,
        }),
      );
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

/** What is wrong with a pass 2, on the first rank that shows it. */
interface Fault extends Pick<Evidence, 'element' | 'numbers'> {
  readonly rank: Rank;
  readonly text: string;
}

function faultOfPassTwo(recording: Recording, call: number, fed: readonly Shard[]): Fault | null {
  const c = recording.case;
  const there = passOneCallOf(c.calls, call);
  const truths = passTwoTruth(recording, call);
  // Where pass 1 gave just this, pass 2 has been fed rightly already.
  const fedAlready =
    c.fault === undefined &&
    there !== null &&
    departures(recording, there).every((one) => !one.shapeWrong && one.wrongElements === 0);
  if (fedAlready) return faultIn(recording, call, truths);
  const { fault: _, ...healthy } = c;
  const called = eventsByCall(at(recording.ranks, 0))[call]?.events[0];
  const before = called?.kind === 'called' ? called.numKvHeads : c.numKvHeadsBefore;
  const alone = { ...healthy, numKvHeadsBefore: before, calls: [at(c.calls, call)] };
  const rerun = runAlike(alone, implementationOf(recording), (rank) => at(fed, rank));
  return faultIn(rerun, 0, truths);
}

function faultIn(recording: Recording, call: number, truths: readonly Shard[]): Fault | null {
  const sizes = sizesOf(recording.case, at(recording.case.calls, call));
  const nothing = { element: null, numbers: {} };
  const endings = recording.ranks.map((ranked) => {
    const own = eventsByCall(ranked)[call];
    return own === undefined ? null : endingOf(own);
  });
  // Whoever raises comes before those who wait for it.
  for (const [rank, ending] of endings.entries()) {
    if (ending?.kind !== 'raised') continue;
    return { rank, text: `rank ${rank}: ${ending.error}: ${ending.message}`, ...nothing };
  }
  for (const [rank, ending] of endings.entries()) {
    // A pass that was never reached has been fed nothing.
    if (ending === null) return null;
    switch (ending.kind) {
      case 'mismatched': {
        const pair = at(ending.pairs, 0);
        const numbers = { sent: pair.sent, expected: pair.expected };
        return { rank: pair.source, text: pairText(pair), element: null, numbers };
      }
      case 'returned': {
        const ranked = at(recording.ranks, rank);
        const got = compare(ranked, rank, ending.output, at(truths, rank), sizes);
        const { first, wrongElements, elements } = got;
        if (wrongElements === 0 && !got.shapeWrong) break;
        const text = first === null ? shapeText(got) : misplacedText(first);
        return { rank, text, element: first, numbers: { wrongElements, elements } };
      }
      default:
        return { rank, text: `rank ${rank} is left waiting`, ...nothing };
    }
  }
  return null;
}
