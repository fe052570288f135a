import { at } from '../base/assert.ts';
import { finish, type Steps } from '../base/steps.ts';
import { sharesBeat } from '../core/recording/beat.ts';
import type { RankEvent, RankRecording, Recording } from '../core/recording/event.ts';

/**
 * A recording with its events set in causal order. Time is counted in *ticks*: ranks that do the
 * same at the same point of the program share a tick, and whatever a rank does after a collective
 * or at the start of a call is later than everything that any rank did before it. No clock is
 * involved, so one recording always gives the same trace.
 *
 *   rank 0   called  reshape  permute  offered      ┊ received  reshape  returned  ┊ called …
 *   rank 1   called  reshape  pad      permute  off.┊ received  reshape  returned  ┊ called …
 *   tick     0       1        2        3        4   ┊ 5         6        7         ┊ 8
 */
export type Tick = number;

export interface PlacedEvent {
  readonly event: RankEvent;
  /** Index in the rank's own list of events. */
  readonly index: number;
  readonly tick: Tick;
  readonly call: number;
}

/** The ticks that a call spans, both included. */
export interface CallSpan {
  readonly call: number;
  readonly first: Tick;
  readonly last: Tick;
}

export interface Trace {
  readonly recording: Recording;
  /** How many ticks there are; the last one is `ticks - 1`. */
  readonly ticks: number;
  /** Each rank's events in order. */
  readonly lanes: readonly (readonly PlacedEvent[])[];
  readonly calls: readonly CallSpan[];
}

/** Sets a recording's events in causal order. */
export function mergeTrace(recording: Recording): Trace {
  return finish(mergeInSteps(recording));
}

/** The same in steps, of one rank each. */
export function* mergeInSteps(recording: Recording): Steps<Trace> {
  const cut: CutRank[] = [];
  for (const rank of recording.ranks) {
    cut.push(cutAtWaits(rank));
    yield;
  }
  const calls: CallSpan[] = [];
  let base = 0;
  const reached = Math.max(...cut.map((rank) => rank.calls.length));
  for (let call = 0; call < reached; call++) {
    const first = base;
    const rounds = Math.max(...cut.map((rank) => rank.calls[call]?.length ?? 0));
    for (let round = 0; round < rounds; round++) {
      let longest = 0;
      for (const rank of cut) {
        const segment = rank.calls[call]?.[round];
        if (segment === undefined) continue;
        segment.tick = base;
        longest = Math.max(longest, segment.beats);
      }
      base += longest;
    }
    calls.push({ call, first, last: base - 1 });
  }
  const lanes: PlacedEvent[][] = [];
  for (const [rank, { events }] of recording.ranks.entries()) {
    lanes.push(placedIn(events, at(cut, rank)));
    yield;
  }
  return { recording, ticks: base, lanes, calls };
}

/** What a rank does between two points of waiting. */
interface Segment {
  /** The index behind its last event. */
  end: number;
  beats: number;
  /** The tick of its first beat. */
  tick: Tick;
}

/** What one rank did, cut where it waited. */
interface CutRank {
  /** Per call, per round. */
  readonly calls: readonly Segment[][];
  /** Of each event, the beat of its segment, from 0. */
  readonly beats: Uint32Array;
}

function cutAtWaits({ events }: RankRecording): CutRank {
  const calls: Segment[][] = [];
  const beats = new Uint32Array(events.length);
  let rounds: Segment[] = [];
  let segment: Segment = { end: 0, beats: 0, tick: 0 };
  let previous: RankEvent | null = null;
  events.forEach((event, index) => {
    const opensCall = event.kind === 'called' || calls.length === 0;
    if (opensCall || previous?.kind === 'offered') {
      if (opensCall) {
        rounds = [];
        calls.push(rounds);
      }
      segment = { end: index, beats: 0, tick: 0 };
      rounds.push(segment);
    }
    if (segment.beats === 0 || !sharesBeat(previous, event)) segment.beats += 1;
    beats[index] = segment.beats - 1;
    segment.end = index + 1;
    previous = event;
  });
  return { calls, beats };
}

function placedIn(events: readonly RankEvent[], { calls, beats }: CutRank): PlacedEvent[] {
  const lane: PlacedEvent[] = [];
  calls.forEach((rounds, call) => {
    for (const { end, tick } of rounds) {
      for (let index = lane.length; index < end; index++) {
        lane.push({ event: at(events, index), index, tick: tick + (beats[index] ?? 0), call });
      }
    }
  });
  return lane;
}
