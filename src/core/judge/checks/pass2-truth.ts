import { at } from '../../../base/assert.ts';
import { memoizedByIndex } from '../../../base/memo.ts';
import { runAlike } from '../../bulk/alike.ts';
import { type Producer, producedBy } from '../../cases/origin.ts';
import { callTitle } from '../../contract/call-title.ts';
import { layerOf } from '../../contract/case.ts';
import type { Shard } from '../../contract/shard.ts';
import { layerCount } from '../../published/caller.ts';
import {
  alikeIn,
  endingOf,
  eventsByCall,
  type Rank,
  type Recording,
} from '../../recording/event.ts';
import type { Evidence } from '../finding.ts';
import { passOneCallOf, passOneTruth, passTwoTruth } from '../truth.ts';
import { type Check, endOf, evidence } from './check.ts';
import {
  type Departure,
  departures,
  departuresFrom,
  departuresInSteps,
  misplacedText,
  shapeText,
} from './compare-with-truth.ts';
import { pairText } from './splits-agree.ts';

/**
 * Pass 2, fed *correct* head-sharded data, returns what pass 1 began with: tells a fault of pass 2
 * from one that pass 1 handed on. The pass is run once more, in this thread, on the truth of pass 1.
 */
export const passTwoTruthCheck: Check = {
  title: 'Pass 2, given the right input, restores every chunk',
  worst: null,
  needs: ['elements', 'program'],
  *prepare(recording) {
    yield* departuresInSteps(recording, 2);
    for (const call of recording.contract.calls.keys()) {
      faultOfPassTwo(recording, call);
      yield;
    }
  },
  judge(recording) {
    const c = recording.contract;
    let judged = 0;
    const found: Evidence[] = [];
    for (const call of c.calls.keys()) {
      const problem = faultOfPassTwo(recording, call);
      if (problem === undefined) continue;
      judged += 1;
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
          summary: `${callTitle(c.calls, first.call)}, given the right input · ${first.text}`,
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

/** The fault of a call; null for none, undefined where it is no pass 2 that can be fed. */
const faultOfPassTwo = memoizedByIndex((recording: Recording, call: number) => {
  const { calls } = recording.contract;
  const there = at(calls, call).pass === 2 ? passOneCallOf(calls, call) : null;
  const fed = there === null ? null : wholeTruth(recording, there);
  return there === null || fed === null ? undefined : faultFed(recording, call, there, fed);
});

function faultFed(
  recording: Recording,
  call: number,
  there: number,
  fed: readonly Shard[],
): Fault | null {
  const producer = producedBy(recording);
  const { case: c, implementation } = producer;
  // Where pass 1 gave just this, pass 2 has been fed rightly already. A rank that is lost is no
  // fault of its program.
  const undisturbed =
    c.fault === undefined && !recording.ranks.some(({ events }) => events.at(-1)?.kind === 'lost');
  const fedAlready = undisturbed && departures(recording, there).length === 0;
  if (fedAlready) return faultIn(recording, call, departures(recording, call));
  const { fault: _, ...healthy } = c;
  const alone = {
    ...healthy,
    numKvHeadsBefore: headCountMet(recording, producer, call),
    calls: [at(c.calls, call)],
  };
  const rerun = runAlike(alone, implementation, { given: (rank) => at(fed, rank) });
  return faultIn(rerun, 0, departuresFrom(rerun, 0, passTwoTruth(recording, call)));
}

/** The head count that a call meets: what its layer brings, else what the process keeps by then. */
function headCountMet(
  { ranks }: Recording,
  { case: c, implementation }: Producer,
  call: number,
): number | null {
  if (implementation.countsByLayer === true) {
    return layerCount(c, implementation, layerOf(at(c.calls, call).tensor));
  }
  for (const rank of ranks) {
    const called = eventsByCall(rank)[call]?.events[0];
    if (called?.kind === 'called') return called.numKvHeads;
  }
  return c.numKvHeadsBefore;
}

function faultIn(recording: Recording, call: number, departed: readonly Departure[]): Fault | null {
  const nothing = { element: null, numbers: {} };
  const endings = alikeIn(recording).map(({ ranks, calls }) => {
    const own = calls[call];
    return { rank: at(ranks, 0), ending: own === undefined ? null : endingOf(own) };
  });
  // Whoever raises comes before those who wait for it.
  for (const { rank, ending } of endings) {
    if (ending?.kind !== 'raised') continue;
    return { rank, text: `rank ${rank}: ${ending.error}: ${ending.message}`, ...nothing };
  }
  const [wrong] = departed;
  const stopped = endings.find(({ ending }) => ending?.kind !== 'returned');
  if (wrong !== undefined && (stopped === undefined || wrong.rank < stopped.rank)) {
    const { rank, first, wrongElements, elements } = wrong;
    const text = first === null ? shapeText(wrong) : misplacedText(first);
    return { rank, text, element: first, numbers: { wrongElements, elements } };
  }
  // A pass that was never reached has been fed nothing.
  if (stopped === undefined || stopped.ending === null) return null;
  const { rank, ending } = stopped;
  if (ending.kind !== 'mismatched') {
    return { rank, text: `rank ${rank} is left waiting`, ...nothing };
  }
  const pair = at(ending.pairs, 0);
  const numbers = { sent: pair.sent, expected: pair.expected };
  return { rank: pair.source, text: pairText(pair), element: null, numbers };
}
