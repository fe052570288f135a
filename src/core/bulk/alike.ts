import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { recordingOf } from '../cases/origin.ts';
import type { Case } from '../contract/case.ts';
import type { Implementation } from '../published/implementation.ts';
import type { Rank, RankRecording, Recording } from '../recording/event.ts';
import { type Header, type Settlement, settle } from '../recording/settle.ts';
import {
  type RankOptions,
  type RankRun,
  runRank,
  type Wait,
  type WaitResult,
} from '../world/rank.ts';
import type { Arena } from './arena.ts';
import { type Brought, Deliveries, Tape } from './tape.ts';

export interface AlikeOptions extends Pick<RankOptions, 'given'> {
  /** Where elements are kept; the recording is lost when it is cleared. */
  readonly arena?: Arena | null;
}

/**
 * Runs all ranks of a case in this thread, as `world.ts` does and with the same recording, but the
 * program of ranks that do the same only once. A program is deterministic: what it does on a rank
 * follows from what it is asked of that rank (`RankContext.own`) and from the shape that it is given.
 * Ranks for which both are equal are one group. Its first rank runs; its tape stands for
 * all. Where a later question is answered
 * differently, those ranks part and run from the start by themselves.
 *
 * Attention needs numbers of every rank, and a fault strikes one: neither is run here.
 */
export function runAlike(
  c: Case,
  implementation: Implementation,
  { given, arena = null }: AlikeOptions = {},
): Recording {
  assert(c.fault === undefined, 'a rank that fails is not like the others');
  const past: Round[] = [];
  const deliveries = new Deliveries();
  /** Ranks run from the start, up to where the others stand. */
  const begin = (ranks: readonly Rank[]): Group[] => {
    const tape = new Tape(ranks, deliveries, arena);
    const options = { attention: false, recorder: tape, ...(given === undefined ? {} : { given }) };
    const run = runRank(c, implementation, at(ranks, 0), options);
    let groups = goOn({ run, tape, step: run.next() });
    for (const round of past) groups = groups.flatMap((group) => answer(group, round));
    return groups;
  };
  /** What the first rank of a group has done is done for all but those who part. */
  const goOn = (group: Group): Group[] => {
    const parting = group.tape.part();
    return parting.length === 0 ? [group] : [group, ...begin(parting)];
  };
  const answer = (group: Group, round: Round): Group[] => {
    const { run, tape, step } = group;
    const settlement = step.done ? null : round.settlementOf(at(tape.ranks, 0));
    if (settlement === null || settlement.kind === 'again') return [group];
    return goOn({ run, tape, step: run.next(resultOf(settlement, round, tape)) });
  };

  let groups = begin(range(c.sp));
  while (!groups.every(({ step }) => step.done)) {
    const round = roundOf(groups, c.sp);
    past.push(round);
    groups = groups.flatMap((group) => answer(group, round));
  }
  const ranks = new Array<RankRecording>(c.sp);
  for (const { tape } of groups) {
    for (const { rank, recording } of tape.recordings()) ranks[rank] = recording;
  }
  return recordingOf(c, implementation, ranks);
}

/** Ranks that have done the same so far; the first of them runs. */
interface Group {
  readonly run: RankRun;
  readonly tape: Tape;
  /** Where they stand. */
  readonly step: IteratorResult<Wait, RankRecording>;
}

/** A point at which all ranks wait: how they go on, and what those in a collective bring to it. */
interface Round {
  readonly settlementOf: (rank: Rank) => Settlement;
  readonly brought: readonly Brought[];
  /** What all ranks get from an all-gather: numbers, which are the same for all. */
  readonly gathered: readonly Int32Array[] | null;
}

function resultOf(
  settlement: Exclude<Settlement, { kind: 'again' }>,
  round: Round,
  tape: Tape,
): WaitResult {
  switch (settlement.kind) {
    case 'exchange':
      return { kind: 'received', pieces: round.gathered ?? tape.receive(round.brought) };
    default:
      return settlement;
  }
}

function roundOf(groups: readonly Group[], worldSize: number): Round {
  const headers = new Array<Header>(worldSize);
  const brought: Brought[] = [];
  let gathered: Int32Array[] | null = null;
  for (const { step, tape } of groups) {
    const header: Header = step.done ? { kind: 'lost' } : step.value.header;
    for (const rank of tape.ranks) headers[rank] = header;
    if (step.done || step.value.pieces === null) continue;
    brought.push(tape.bring(step.value.pieces));
    if (step.value.header.collective !== 'all_gather') continue;
    gathered ??= [];
    for (const rank of tape.ranks) gathered[rank] = at(step.value.pieces, 0);
  }
  return { settlementOf: settle(headers), brought, gathered };
}
