import { at } from '../../base/assert.ts';
import { BACKENDS } from '../backends.ts';
import {
  type CollectiveInfo,
  callTitle,
  endingOf,
  eventsByCall,
  type Rank,
  type Recording,
} from '../event.ts';
import type { Evidence } from '../finding.ts';
import { type Check, evidence, rankList } from './check.ts';

/** Every rank issued the same collectives in the same order; nobody waits for ever. */
export const sameCollectives: Check = {
  id: 'same-collectives',
  title: 'All ranks meet in the same collectives',
  judge(recording) {
    const c = recording.case;
    for (const [call] of c.calls.entries()) {
      const waiting = waitingIn(recording, call);
      if (waiting.length === 0) continue;
      const facts: Evidence[] = waiting.map((one) =>
        evidence(c, call, waitText(one, c.sp), {
          ranks: [one.rank, ...one.forRanks],
          operation: { rank: one.rank, event: one.since },
          numbers: { waitingSinceEvent: one.since, ranksMissed: one.forRanks.length },
        }),
      );
      const cycle = cycleAmong(waiting);
      const summary = cycle === null ? inVain(waiting, c.sp) : cycleText(cycle);
      const backends = cycle === null ? BACKENDS.absent : BACKENDS.astray;
      return {
        status: 'fail',
        summary: `${callTitle(at(c.calls, call))}: ${summary}. ${backends}`,
        evidence: facts,
        verdict: 'ranks disagree',
      };
    }
    const met = recording.ranks.some(({ events }) => events.some(({ kind }) => kind === 'offered'));
    return met
      ? { status: 'pass', summary: 'nobody is left waiting', evidence: [] }
      : { status: 'not-applicable', summary: 'no rank reached a collective', evidence: [] };
  },
};

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

/** "ranks 0, 1 and 3 wait for ever for rank 2, which never comes" */
function inVain(waiting: readonly Waiting[], worldSize: number): string {
  const who = rankList(
    waiting.map(({ rank }) => rank),
    worldSize,
  );
  const { forRanks } = at(waiting, 0);
  const verb = waiting.length === 1 ? 'waits' : 'wait';
  const missed = rankList(forRanks, worldSize);
  return `${who} ${verb} for ever for ${missed}, which never ${forRanks.length === 1 ? 'comes' : 'come'}`;
}

/** "deadlock by order, a cycle: rank 0 in all_to_all waits for rank 3 in all_gather waits for rank 0" */
function cycleText(cycle: readonly Waiting[]): string {
  const ring = cycle.map(({ rank, inside }) => `rank ${rank} in ${inside}`).join(' waits for ');
  return `deadlock by order, a cycle: ${ring} waits for rank ${at(cycle, 0).rank}`;
}

function waitingIn(recording: Recording, call: number): Waiting[] {
  return recording.ranks.flatMap((ranked, rank) => {
    const own = eventsByCall(ranked)[call];
    const ending = own === undefined ? null : endingOf(own);
    const place = own?.events.findLastIndex(({ kind }) => kind === 'offered') ?? -1;
    const offer = own?.events[place];
    if (own === undefined || offer?.kind !== 'offered') return [];
    const since = own.start + place;
    const inside = offer.collective.kind;
    if (ending?.kind === 'abandoned') return [{ rank, since, forRanks: ending.by, inside }];
    if (ending?.kind !== 'astray') return [];
    const forRanks = ending.collectives.flatMap((kind, peer) => (kind === inside ? [] : [peer]));
    return [{ rank, since, forRanks, inside }];
  });
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
