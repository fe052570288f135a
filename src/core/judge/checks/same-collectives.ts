import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import { BACKENDS } from '../../recording/backends.ts';
import {
  alikeIn,
  type CollectiveInfo,
  endingOf,
  type Rank,
  type Recording,
  ranksOf,
} from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import type { Judgement } from '../finding.ts';
import { type Check, evidence, longFailure, reachedCollective } from './check.ts';

/** Every rank issued the same collectives in the same order and none is left waiting. */
export const sameCollectives: Check = {
  title: 'All ranks call the same collectives',
  worst: 'ranks disagree',
  needs: [],
  judge(recording) {
    const c = recording.contract;
    for (const [call] of c.calls.entries()) {
      const waiting = waitingIn(recording, call);
      const lost = lostIn(recording, call);
      if (waiting.length === 0 && lost.length > 0) return unmissed(recording, call, lost);
      if (waiting.length === 0) continue;
      const cycle = cycleAmong(waiting);
      const summary = cycle === null ? inVain(waiting, c.sp) : cycleText(cycle);
      const backends = cycle === null ? BACKENDS.absent : BACKENDS.astray;
      const title = callTitle(c.calls, call);
      return longFailure('ranks disagree', call, `${title} · ${summary}. ${backends}`, () =>
        waiting.map((one) =>
          evidence(c, call, waitText(one, c.sp), {
            ranks: [one.rank, ...one.forRanks],
            operation: { rank: one.rank, event: one.since },
            numbers: { waitingSinceEvent: one.since, ranksMissed: one.forRanks.length },
          }),
        ),
      );
    }
    return reachedCollective(recording)
      ? { status: 'pass', summary: withoutWaiting(recording), evidence: [] }
      : { status: 'not-applicable', summary: 'no rank reached a collective', evidence: [] };
  },
};

/** Where sizes disagree a real job may hang all the same: nothing compares them there. */
function withoutWaiting(recording: Recording): string {
  const disagrees = alikeIn(recording).some(({ calls }) =>
    calls.some((call) => endingOf(call)?.kind === 'mismatched'),
  );
  return disagrees
    ? 'here the sizes are compared and no rank is left waiting; NCCL compares none and hangs'
    : 'in this run no rank is left waiting';
}

interface Waiting {
  readonly rank: Rank;
  /** The event from which on it waits: index into the rank's events. */
  readonly since: number;
  readonly forRanks: readonly Rank[];
  /** The collective that it waits in. */
  readonly inside: CollectiveInfo['kind'];
}

/** "rank 1 waits for rank 0 in all_to_all_single since its event 13" */
function waitText({ rank, forRanks, inside, since }: Waiting, worldSize: number): string {
  return `rank ${rank} waits for ${rankList(forRanks, worldSize)} in ${inside} since its event ${since}`;
}

/** "ranks 0, 1 and 3 wait forever for rank 2, which never comes" */
function inVain(waiting: readonly Waiting[], worldSize: number): string {
  const who = rankList(
    waiting.map(({ rank }) => rank),
    worldSize,
  );
  const { forRanks } = at(waiting, 0);
  const verb = waiting.length === 1 ? 'waits' : 'wait';
  const missed = rankList(forRanks, worldSize);
  return `${who} ${verb} forever for ${missed}, which never ${forRanks.length === 1 ? 'comes' : 'come'}`;
}

/** "deadlock by order, a cycle: rank 0 in all_to_all waits for rank 3 in all_gather waits for rank 0" */
function cycleText(cycle: readonly Waiting[]): string {
  const ring = cycle.map(({ rank, inside }) => `rank ${rank} in ${inside}`).join(' waits for ');
  return `deadlock by order, a cycle: ${ring} waits for rank ${at(cycle, 0).rank}`;
}

/**
 * Ranks that never came back from a call, where none raises there; of a rank that was never heard of,
 * from the first.
 */
function lostIn(recording: Recording, call: number): Rank[] {
  const last = alikeIn(recording).flatMap(({ ranks, calls }) => {
    const own = calls.at(-1);
    const kind = own === undefined ? 'lost' : endingOf(own)?.kind;
    return Math.max(0, calls.length - 1) === call ? [{ ranks, kind }] : [];
  });
  if (last.some(({ kind }) => kind === 'raised')) return [];
  return ranksOf(last.filter(({ kind }) => kind === 'lost'));
}

/** Nobody waits for what is lost: the others are through with the call, or there are none. */
function unmissed(recording: Recording, call: number, lost: readonly Rank[]): Judgement {
  const c = recording.contract;
  const who = rankList(lost, c.sp);
  const text = `${who} never ${lost.length === 1 ? 'comes' : 'come'} back`;
  const next =
    lost.length === c.sp
      ? ''
      : `, and no other rank is in a collective. The next one waits in vain: ${BACKENDS.absent}`;
  const title = callTitle(c.calls, call);
  return longFailure('ranks disagree', call, `${title} · ${text}${next}`, () =>
    lost.map((rank) => {
      const operation = { rank, event: at(recording.ranks, rank).events.length - 1 };
      return evidence(c, call, `rank ${rank} never comes back`, { ranks: [rank], operation });
    }),
  );
}

function waitingIn(recording: Recording, call: number): Waiting[] {
  const waiting = alikeIn(recording).flatMap(({ ranks, calls }): Waiting[] => {
    const own = calls[call];
    const ending = own === undefined ? null : endingOf(own);
    if (own === undefined || (ending?.kind !== 'abandoned' && ending?.kind !== 'astray')) return [];
    const place = own.events.findLastIndex(({ kind }) => kind === 'offered');
    const offer = own.events[place];
    if (offer?.kind !== 'offered') return [];
    const inside = offer.collective.kind;
    const forRanks =
      ending.kind === 'abandoned'
        ? ending.by
        : ending.collectives.flatMap((kind, peer) => (kind === inside ? [] : [peer]));
    return ranks.map((rank) => ({ rank, since: own.start + place, forRanks, inside }));
  });
  return waiting.sort((a, b) => a.rank - b.rank);
}

/** Ranks that wait for one another in a ring; null where somebody is just absent. */
function cycleAmong(waiting: readonly Waiting[]): Waiting[] | null {
  const byRank = new Map(waiting.map((one) => [one.rank, one]));
  const path: Waiting[] = waiting.slice(0, 1);
  for (;;) {
    const next = path
      .at(-1)
      ?.forRanks.map((rank) => byRank.get(rank))
      .find((one) => one !== undefined);
    if (next === undefined) return null;
    const seen = path.indexOf(next);
    if (seen >= 0) return path.slice(seen);
    path.push(next);
  }
}
