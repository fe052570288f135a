import { at } from '../../base/assert.ts';
import { product, sum } from '../../base/numbers.ts';
import {
  type CallEvents,
  eventsByCall,
  type Mismatch,
  type RankEvent,
  type RankRecording,
  type Recording,
} from '../../core/recording/event.ts';
import { runsOf } from '../../core/recording/runs.ts';
import { type Header, type Settlement, settle } from '../../core/recording/settle.ts';
import { damaged } from './damage.ts';

/**
 * Whether what became of every collective of a recording follows from what the ranks brought to it.
 * It is settled once more, by the function that settled it when it ran. Each rank's own events are
 * in order already.
 *
 * @throws Damage
 */
export function checkMeetings(
  recording: Recording,
  isSilent: (ranked: RankRecording) => boolean,
): void {
  const { calls } = recording.contract;
  const byRank = recording.ranks.map(eventsByCall);
  const reached = Math.max(...byRank.map((own) => own.length));
  recording.ranks.forEach((ranked, rank) => {
    const own = at(byRank, rank).length;
    if (own === reached || isSilent(ranked)) return;
    damaged(`ranks[${rank}]`, `reached ${own} calls, another rank ${reached}`);
  });
  let goesOn = true;
  for (let call = 0; call < reached; call++) {
    if (!goesOn) damaged(`calls[${call}]`, 'begins though a rank failed before');
    const lanes = byRank.map((own) => own[call] ?? null);
    meet(lanes);
    goesOn = lanes.every((lane) => lane?.events.at(-1)?.kind === 'returned');
  }
  if (goesOn && reached < calls.length && !recording.ranks.every(isSilent)) {
    damaged(
      'this recording',
      `ends after ${reached} of ${calls.length} calls, though no rank failed`,
    );
  }
}

type Offered = Extract<RankEvent, { kind: 'offered' }>;

/** One rank's next point of waiting in a call. */
interface Waiting {
  readonly offer: Offered;
  readonly answer: RankEvent;
  readonly place: string;
}

/** Settles the rounds of one call, one after another. */
function meet(lanes: readonly (CallEvents | null)[]): void {
  const waits = lanes.map((lane, rank) => (lane === null ? [] : waitsIn(lane, rank)));
  for (let round = 0; ; round++) {
    const here = waits.map((own) => own[round] ?? null);
    if (here.every((wait) => wait === null)) return;
    checkCounts(here);
    const settlementOf = settle(here.map(headerOf));
    here.forEach((wait, rank) => {
      if (wait !== null) checkAnswer(wait, settlementOf(rank));
    });
  }
}

/** Where a rank waited; one that raised inside a collective did not. */
function waitsIn({ events, start }: CallEvents, rank: number): Waiting[] {
  return events.flatMap((offer, index) => {
    const answer = events[index + 1];
    if (offer.kind !== 'offered' || answer === undefined || answer.kind === 'raised') return [];
    return [{ offer, answer, place: `ranks[${rank}].events[${start + index + 1}]` }];
  });
}

/** Whoever is in the same collective as all others says what it sends to and expects from each. */
function checkCounts(here: readonly (Waiting | null)[]): void {
  const kinds = new Set(here.map((wait) => wait?.offer.collective.kind ?? null));
  for (const wait of here) {
    if (wait === null) continue;
    const { sends, expects, inputs } = wait.offer;
    const fits = sends.length === here.length && expects.length === here.length;
    if (!fits && kinds.size === 1) {
      damaged(wait.place, `answers an offer of ${sends.length} pieces to ${here.length} ranks`);
    }
    const held = sum(inputs.map(({ shape }) => product(shape)));
    if (wait.offer.collective.kind !== 'all_gather' && sum(sends) > held) {
      damaged(wait.place, `answers an offer of ${sum(sends)} elements out of ${held}`);
    }
  }
}

function headerOf(wait: Waiting | null): Header {
  if (wait === null) return { kind: 'lost' };
  const { collective, sends, expects } = wait.offer;
  return {
    kind: 'exchange',
    collective: collective.kind,
    sends: runsOf(sends),
    expects: runsOf(expects),
  };
}

function checkAnswer({ offer, answer, place }: Waiting, settlement: Settlement): void {
  const agrees = () => {
    switch (settlement.kind) {
      case 'exchange':
        return (
          answer.kind === 'received' &&
          fits(
            offer,
            answer.outputs.map(({ shape }) => product(shape)),
          )
        );
      case 'mismatch':
        return (
          answer.kind === 'mismatched' &&
          answer.count === settlement.count &&
          same(answer.pairs.map(pair), settlement.pairs.map(pair))
        );
      case 'abandoned':
        return answer.kind === 'abandoned' && same(answer.by, settlement.by);
      case 'astray':
        return answer.kind === 'astray' && same(answer.collectives, settlement.collectives);
      default:
        return false;
    }
  };
  if (!agrees()) damaged(place, `is not what becomes of this collective: ${settlement.kind}`);
}

/** Whether what landed is as much as was expected of each peer. */
function fits({ collective, expects, inputs, sends }: Offered, landed: readonly number[]): boolean {
  switch (collective.kind) {
    case 'all_to_all_single':
      return inputs.length === 1 && landed.length === 1 && sum(expects) === landed[0];
    case 'all_to_all':
      return (
        same(landed, expects) &&
        same(
          inputs.map(({ shape }) => product(shape)),
          sends,
        )
      );
    case 'all_gather':
      return landed.length === 0;
  }
}

function pair({ source, destination, sent, expected }: Mismatch): string {
  return [source, destination, sent, expected].join();
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
