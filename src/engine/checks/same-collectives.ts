import { at } from '../../base/assert.ts';
import { callTitle, endingOf, eventsByCall, type Rank, type Recording } from '../event.ts';
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
      const facts: Evidence[] = waiting.map(({ rank, event, forRanks, inside }) =>
        evidence(c, call, `rank ${rank}, in ${inside}, waits for ${rankList(forRanks, c.sp)}`, {
          ranks: [rank, ...forRanks],
          operation: { rank, event },
          numbers: { waitingSinceEvent: event - 1 },
        }),
      );
      const cycle = cycleAmong(waiting);
      const first = at(waiting, 0);
      const who = rankList(
        waiting.map(({ rank }) => rank),
        c.sp,
      );
      const summary =
        cycle === null
          ? `${callTitle(at(c.calls, call))}: ${who} ${waiting.length === 1 ? 'waits' : 'wait'} for ever for ${rankList(first.forRanks, c.sp)}, which never ${first.forRanks.length === 1 ? 'comes' : 'come'}`
          : `${callTitle(at(c.calls, call))}: a cycle: ${cycle.map((rank) => `rank ${rank}`).join(' waits for ')}`;
      return {
        status: 'fail',
        summary: `${summary}. ${BACKENDS}`,
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

/** What becomes of ranks that wait in vain. */
const BACKENDS = 'NCCL waits until its watchdog ends the job, gloo until its time-out raises';

interface Waiting {
  readonly rank: Rank;
  /** The event that tells of it: index into the rank's events. */
  readonly event: number;
  readonly forRanks: readonly Rank[];
  readonly inside: string;
}

function waitingIn(recording: Recording, call: number): Waiting[] {
  return recording.ranks.flatMap((ranked, rank) => {
    const own = eventsByCall(ranked)[call];
    const ending = own === undefined ? null : endingOf(own);
    const offer = own?.events.findLast(({ kind }) => kind === 'offered');
    if (own === undefined || offer?.kind !== 'offered') return [];
    const event = own.start + own.events.length - 1;
    const inside = offer.collective.kind;
    if (ending?.kind === 'abandoned') return [{ rank, event, forRanks: ending.by, inside }];
    if (ending?.kind !== 'astray') return [];
    const forRanks = ending.collectives.flatMap((kind, peer) => (kind === inside ? [] : [peer]));
    return [{ rank, event, forRanks, inside }];
  });
}

/** Ranks that wait for one another in a ring, first again last; null where somebody is just absent. */
function cycleAmong(waiting: readonly Waiting[]): Rank[] | null {
  const waitsFor = new Map(waiting.map(({ rank, forRanks }) => [rank, forRanks]));
  const start = waiting[0]?.rank;
  if (start === undefined) return null;
  const path: Rank[] = [start];
  for (;;) {
    const next = waitsFor.get(at(path, path.length - 1))?.find((rank) => waitsFor.has(rank));
    if (next === undefined) return null;
    const seen = path.indexOf(next);
    if (seen >= 0) return [...path.slice(seen), next];
    path.push(next);
  }
}
