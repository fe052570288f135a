import { assert, at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import type { Case } from './case.ts';
import type { Rank, RankEvent, RankRecording, Recording, TensorRef } from './event.ts';
import type { Implementation } from './implementation.ts';
import { type RankOptions, type RankRun, runRank, type Wait, type WaitResult } from './rank.ts';
import { type Header, type Settlement, settle } from './settle.ts';
import { Tape } from './tape.ts';

/**
 * Runs all ranks of a case in this thread, as `world.ts` does and with the same recording, but the
 * program of ranks that do the same only once. A program is deterministic: what it does on a rank
 * follows from what it is asked of that rank (`RankContext.own`) and from the shape that it is given.
 * Ranks for which both are equal are one group. Its first rank runs; its tape tells what was
 * allocated and copied, and is played on the storages of the others. Where a later question is
 * answered differently, those ranks part and run from the start by themselves.
 *
 * Attention needs numbers of every rank, and a fault strikes one: neither is run here.
 */
export function runAlike(
  c: Case,
  implementation: Implementation,
  given?: RankOptions['given'],
): Recording {
  assert(c.fault === undefined, 'a rank that fails is not like the others');
  const begin = (members: readonly Rank[]) => {
    const tape = new Tape();
    const options = { attention: false, recorder: tape, ...(given === undefined ? {} : { given }) };
    return new Group(members, runRank(c, implementation, at(members, 0), options), tape);
  };
  const past: ((rank: Rank) => Answer)[] = [];
  /** Lets a group go on, and those who part from it catch up. */
  const advance = (group: Group, answer: (rank: Rank) => Answer | null): Group[] => {
    const parting = group.advance(answer);
    if (parting.length === 0) return [group];
    let fresh = [begin(parting)];
    for (const earlier of [() => null, ...past]) {
      fresh = fresh.flatMap((one) => advance(one, earlier));
    }
    return [group, ...fresh];
  };

  let groups = advance(begin(range(c.sp)), () => null);
  while (!groups.every(({ step }) => step.done)) {
    const byRank = new Array<Group>(c.sp);
    for (const group of groups) for (const rank of group.members) byRank[rank] = group;
    const settlementOf = settle(byRank.map(({ step }) => headerOf(step)));
    const brought = byRank.map((group, rank) => group.broughtBy(rank));
    const answers = (rank: Rank) => answerTo(settlementOf(rank), brought);
    const waiting = groups.filter(
      ({ step, members }) => !step.done && settlementOf(at(members, 0)).kind !== 'again',
    );
    const resting = groups.filter((group) => !waiting.includes(group));
    past.push(answers);
    const advanced = waiting.flatMap((group) => advance(group, answers));
    groups = [...resting, ...advanced];
  }
  const ranks = new Array<RankRecording>(c.sp);
  for (const group of groups) for (const rank of group.members) ranks[rank] = group.recording(rank);
  return { case: c, ranks };
}

type Step = IteratorResult<Wait, RankRecording>;

function headerOf(step: Step): Header {
  return step.done ? { kind: 'lost' } : step.value.header;
}

/** What a rank is told at the end of a round; pieces are read where their senders hold them. */
type Answer =
  | { readonly kind: 'exchange'; readonly brought: readonly (Brought | null)[] }
  | Exclude<WaitResult, { kind: 'received' }>;

function answerTo(settlement: Settlement, brought: readonly (Brought | null)[]): Answer {
  assert(settlement.kind !== 'again', 'a rank that has to wait is told nothing');
  return settlement.kind === 'exchange' ? { kind: 'exchange', brought } : settlement;
}

/** What a rank brought to a round. `places` is shared by all ranks of its group. */
interface Brought {
  readonly storages: readonly Int32Array[];
  readonly places: Places;
  /** The number that an all-gather brings instead. */
  readonly value: number | null;
}

/** Runs of elements in a rank's storages, one a peer: what goes to it, or comes from it. */
interface Places {
  readonly storage: Int32Array;
  readonly start: Int32Array;
  readonly count: Int32Array;
}

/** Ranks that have done the same so far; the first of them runs. */
class Group {
  step: Step = {
    done: false,
    value: { header: { kind: 'call-end', failed: false }, pieces: null },
  };
  /** The storages of every member but the first. */
  private readonly followers = new Map<Rank, Int32Array[]>();

  constructor(
    public members: readonly Rank[],
    private readonly run: RankRun,
    private readonly tape: Tape,
  ) {
    for (const rank of members.slice(1)) this.followers.set(rank, []);
  }

  /** Goes on to the next wait; the members that have been found to differ, who are let go. */
  advance(answerOf: (rank: Rank) => Answer | null): readonly Rank[] {
    const leader = at(this.members, 0);
    const answer = answerOf(leader);
    const since = this.tape.events.length;
    this.tape.rewind();
    this.step =
      answer === null
        ? this.run.next()
        : this.run.next(
            answer.kind === 'exchange'
              ? { kind: 'received', pieces: answer.brought.map((from) => pieceFor(from, leader)) }
              : answer,
          );
    const parting = [...this.followers.keys()].filter((rank) => !this.tape.fits(leader, rank));
    for (const rank of parting) this.followers.delete(rank);
    if (parting.length > 0) {
      this.members = this.members.filter((rank) => rank === leader || this.followers.has(rank));
    }
    const landing = landingsOf(this.tape.events, since);
    for (const [rank, storages] of this.followers) {
      const own = answerOf(rank);
      if (landing !== null && own?.kind === 'exchange') land(storages, landing, own.brought, rank);
      this.tape.play(rank, storages);
    }
    return parting;
  }

  /** What a member brings to the collective that it waits in; null in none. */
  broughtBy(rank: Rank): Brought | null {
    if (this.step.done || this.step.value.header.kind !== 'exchange') return null;
    const offer = this.tape.events.at(-1);
    assert(offer?.kind === 'offered', 'a rank that waits in a collective has offered');
    const value = offer.collective.kind === 'all_gather' ? offer.collective.value : null;
    return { storages: this.storagesOf(rank), places: placesIn(offer), value };
  }

  recording(rank: Rank): RankRecording {
    return { events: this.tape.events, storages: this.storagesOf(rank) };
  }

  private storagesOf(rank: Rank): readonly Int32Array[] {
    return this.followers.get(rank) ?? this.tape.storages;
  }
}

/** Where what a rank offers stands, peer by peer. */
const offered = new WeakMap<RankEvent, Places>();

function placesIn(offer: Extract<RankEvent, { kind: 'offered' }>): Places {
  const known = offered.get(offer) ?? placesOf(offer.inputs, offer.sends);
  offered.set(offer, known);
  return known;
}

/** One tensor for each peer, or one tensor cut by the counts; contiguous all. */
function placesOf(tensors: readonly TensorRef[], counts: readonly number[]): Places {
  const places = {
    storage: new Int32Array(counts.length),
    start: new Int32Array(counts.length),
    count: Int32Array.from(counts),
  };
  let gone = 0;
  for (let peer = 0; peer < counts.length; peer++) {
    const tensor = tensors.length === 1 ? tensors[0] : tensors[peer];
    if (tensor === undefined) continue;
    places.storage[peer] = tensor.storage;
    places.start[peer] = tensor.offset + (tensors.length === 1 ? gone : 0);
    gone += at(counts, peer);
  }
  return places;
}

/** Where the pieces of the collective landed that was left last; null where nothing did. */
function landingsOf(events: readonly RankEvent[], since: number): Places | null {
  const received = events[since];
  const offer = events[since - 1];
  if (received?.kind !== 'received' || offer?.kind !== 'offered') return null;
  return placesOf(received.outputs, offer.expects);
}

function pieceFor(from: Brought | null, to: Rank): Int32Array {
  assert(from !== null, 'an exchange is settled only among ranks in it');
  if (from.value !== null) return Int32Array.of(from.value);
  const { storage, start, count } = from.places;
  const first = at(start, to);
  return at(from.storages, at(storage, to)).subarray(first, first + at(count, to));
}

/** Copies what every peer brought for `rank` to where it lands. */
function land(
  storages: readonly Int32Array[],
  landing: Places,
  brought: readonly (Brought | null)[],
  rank: Rank,
): void {
  for (let peer = 0; peer < brought.length; peer++) {
    const from = brought[peer];
    if (from == null || from.value !== null) continue;
    const source = at(from.storages, at(from.places.storage, rank));
    const target = at(storages, at(landing.storage, peer));
    const there = at(from.places.start, rank);
    const here = at(landing.start, peer);
    const count = at(landing.count, peer);
    for (let i = 0; i < count; i++) target[here + i] = source[there + i] ?? 0;
  }
}
