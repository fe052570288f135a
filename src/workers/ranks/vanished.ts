import { assert } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import type { Case } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import {
  endingOf,
  eventsByCall,
  type Rank,
  type RankEvent,
  type RankRecording,
} from '../../core/recording/event.ts';
import { Recorder } from '../../core/recording/recorder.ts';
import { type RankRun, runRank } from '../../core/world/rank.ts';
import { runTogether } from '../../core/world/world.ts';

/**
 * What all ranks leave of a run in which some went without a word; `heard` is what the others left.
 * How far each came is known of them: every collective that they went on from had its pieces too. Up
 * to there it did what its program does, which is done once more, in one thread; there it is lost.
 *
 * Whoever goes amid its messages was heard by some and not by others, which then waited in vain. A
 * collective is one of all ranks or of none: that rank counts as lost before it, and those that had
 * gone on are taken back to where they, too, find it gone.
 */
export function withVanished(
  c: Case,
  vanished: readonly Rank[],
  heard: ReadonlyMap<Rank, RankRecording>,
): ReadonlyMap<Rank, RankRecording> {
  const others = [...heard.values()];
  const lostAt = new Map(vanished.map((rank) => [rank, lastKnownPlace(rank, others)]));
  const isAhead = (other: RankRecording) =>
    [...lostAt].some(([rank, place]) => compare(seenBy(other, rank), place) > 0);
  const unheard = [...lostAt.values()].every((place) => compare(place, FIRST) <= 0);
  if (unheard && !others.some(isAhead)) {
    return new Map([...heard, ...vanished.map((rank) => [rank, SILENT] as const)]);
  }
  const again = runAgain(c, lostAt);
  return new Map(
    again.map((ranked, rank) => {
      const own = heard.get(rank);
      return [rank, own === undefined || isAhead(own) ? ranked : own];
    }),
  );
}

/** What is left of a rank that nobody ever heard of. */
const SILENT: RankRecording = { events: [{ kind: 'lost', how: 'unknown' }], storages: [] };

/** How many calls a rank has begun, and from how many collectives of the last one it has gone on. */
interface Place {
  readonly calls: number;
  readonly collectives: number;
}

/** Where everybody is that has begun. */
const FIRST: Place = { calls: 1, collectives: 0 };

/** Below 0 where `a` comes before `b`, above where it comes behind. */
function compare(a: Place, b: Place): number {
  return a.calls - b.calls || a.collectives - b.collectives;
}

/** The last place where any other has seen a rank, or before it where one has missed it. */
function lastKnownPlace(rank: Rank, others: readonly RankRecording[]): Place {
  const seen = others.map((other) => seenBy(other, rank));
  const missed = others.flatMap((other) => missedBy(other, rank) ?? []);
  const last = seen.reduce((a, b) => (compare(a, b) < 0 ? b : a), { calls: 0, collectives: 0 });
  return missed.reduce((a, b) => (compare(a, b) < 0 ? a : b), last);
}

/** Where `other` has last seen a rank. */
function seenBy(other: RankRecording, rank: Rank): Place {
  const calls = eventsByCall(other);
  const seen = answersIn(calls.at(-1)?.events ?? []).filter((answer) => !isWithout(answer, rank));
  return { calls: calls.length, collectives: seen.length };
}

/** The last place before `other` waited for a rank in vain; null where it may not have waited. */
function missedBy(other: RankRecording, rank: Rank): Place | null {
  const call = eventsByCall(other).at(-1);
  const ending = call === undefined ? null : endingOf(call);
  if (ending === null) return null;
  if (isWithout(ending, rank)) return seenBy(other, rank);
  // It had no more to do in this call, and was told of no next one.
  if (ending.kind !== 'returned') return null;
  return { ...seenBy(other, rank), collectives: Number.POSITIVE_INFINITY };
}

function isWithout(event: RankEvent, rank: Rank): boolean {
  return event.kind === 'abandoned' && event.by.includes(rank);
}

/** What became of each offer of a call; one that raised inside a collective was never in it. */
function answersIn(events: readonly RankEvent[]): RankEvent[] {
  return events.filter(
    (event, index) => events[index - 1]?.kind === 'offered' && event.kind !== 'raised',
  );
}

/** All ranks of the case once more, some of which are lost where they would go on from a place. */
function runAgain(c: Case, lostAt: ReadonlyMap<Rank, Place>): readonly RankRecording[] {
  const implementation = findImplementation(c.implementation);
  assert(implementation !== undefined, 'the others ran it');
  const runs = range(c.sp).map((rank) => {
    const place = lostAt.get(rank);
    const recorder = new Recorder();
    const run = runRank(c, implementation, rank, { recorder });
    return place === undefined ? run : lostFrom(run, recorder, place);
  });
  return runTogether(runs);
}

/** A rank's run up to a place: what follows the answer that brought it there is known to nobody. */
function* lostFrom(run: RankRun, recorder: Recorder, place: Place): RankRun {
  if (compare(place, FIRST) <= 0) return SILENT;
  let here: Place = FIRST;
  let known = 0;
  let step = run.next();
  while (!step.done) {
    const { header } = step.value;
    const next =
      header.kind === 'call-end'
        ? { calls: here.calls + 1, collectives: 0 }
        : { ...here, collectives: here.collectives + 1 };
    if (compare(next, place) > 0) break;
    here = next;
    // The answer is the one event that is surely added.
    known = recorder.events.length + 1;
    step = run.next(yield step.value);
  }
  return { events: endedOrLost(recorder.events.slice(0, known)), storages: recorder.storages };
}

/** One that failed with the others has nothing left to do that it could be missed in. */
function endedOrLost(events: readonly RankEvent[]): readonly RankEvent[] {
  const ended = endingOf({ start: 0, events }) !== null;
  return ended ? events : [...events, { kind: 'lost', how: 'unknown' }];
}
