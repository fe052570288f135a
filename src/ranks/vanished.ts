import { assert, at } from '../base/assert.ts';
import type { Case } from '../engine/case.ts';
import {
  endingOf,
  eventsByCall,
  type Rank,
  type RankEvent,
  type RankRecording,
} from '../engine/event.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { runWorld } from '../engine/world.ts';

/** What is left of a rank that nobody ever heard of. */
const SILENT: RankRecording = { events: [{ kind: 'lost', how: 'unknown' }], storages: [] };

/**
 * What is left of ranks whose Workers went without a word. How far each came is known of the others:
 * every collective that they went on from had its pieces too. Up to there it did what its program
 * does, which is done once more, in one thread; there it is lost.
 */
export function vanishedRanks(
  c: Case,
  vanished: readonly Rank[],
  others: readonly RankRecording[],
): Map<Rank, RankRecording> {
  const implementation = findImplementation(c.implementation);
  assert(implementation !== undefined, 'the others ran it');
  const seen = vanished.map((rank) => lastSeen(rank, others));
  const heard = seen.some(({ calls, collectives }) => calls > 1 || collectives > 0);
  const ranks = heard ? runWorld(c, implementation).ranks : [];
  return new Map(
    vanished.map((rank, index) => {
      const whole = ranks[rank];
      const { calls, collectives } = at(seen, index);
      const unheard = whole === undefined || (calls <= 1 && collectives === 0);
      return [rank, unheard ? SILENT : upTo(whole, calls, collectives)];
    }),
  );
}

/** How many calls were begun, and in the last one how many collectives the rank was there in. */
interface Seen {
  readonly calls: number;
  readonly collectives: number;
}

function lastSeen(rank: Rank, others: readonly RankRecording[]): Seen {
  let last: Seen = { calls: 0, collectives: 0 };
  for (const other of others) {
    const calls = eventsByCall(other);
    const answers = answersIn(calls.at(-1)?.events ?? []).filter(
      ({ event }) => event.kind !== 'abandoned' || !event.by.includes(rank),
    );
    const ahead = calls.length - last.calls || answers.length - last.collectives;
    if (ahead > 0) last = { calls: calls.length, collectives: answers.length };
  }
  return last;
}

/** What became of each offer of a call; one that raised inside a collective was never in it. */
function answersIn(events: readonly RankEvent[]): { event: RankEvent; index: number }[] {
  return events.flatMap((event, index) =>
    events[index - 1]?.kind === 'offered' && event.kind !== 'raised' ? [{ event, index }] : [],
  );
}

/** A rank's recording up to the last collective in which it was seen, and its loss. */
function upTo(whole: RankRecording, calls: number, collectives: number): RankRecording {
  const { start, events } = at(eventsByCall(whole), calls - 1);
  const answer = collectives === 0 ? 0 : at(answersIn(events), collectives - 1).index;
  const kept = whole.events.slice(0, start + answer + 1);
  // One that failed with the others has nothing left to do that it could be missed in.
  if (endingOf({ start, events: kept }) !== null) return { ...whole, events: kept };
  return { ...whole, events: [...kept, { kind: 'lost', how: 'unknown' }] };
}
