import { at } from '../base/assert.ts';
import { sharesBeat } from '../engine/beat.ts';
import type { RankEvent, RankRecording, Recording } from '../engine/event.ts';

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
  const cut = recording.ranks.map(segmentsOf);
  const lanes: PlacedEvent[][] = recording.ranks.map(() => []);
  const calls: CallSpan[] = [];
  let base = 0;
  const reached = Math.max(...cut.map((segments) => segments.length));
  for (let call = 0; call < reached; call++) {
    const first = base;
    const rounds = Math.max(...cut.map((segments) => segments[call]?.length ?? 0));
    for (let round = 0; round < rounds; round++) {
      let longest = 0;
      cut.forEach((segments, rank) => {
        const segment = segments[call]?.[round];
        if (segment === undefined) return;
        for (const placed of segment.events) {
          at(lanes, rank).push({ ...placed, tick: base + placed.beat, call });
        }
        longest = Math.max(longest, segment.beats);
      });
      base += longest;
    }
    calls.push({ call, first, last: base - 1 });
  }
  return { recording, ticks: base, lanes, calls };
}

/** What a rank does between two points of waiting; `beat` counts ticks from its start. */
interface Segment {
  readonly events: { readonly event: RankEvent; readonly index: number; readonly beat: number }[];
  beats: number;
}

/** Per call, per round, what the rank did. */
function segmentsOf(rank: RankRecording): Segment[][] {
  const calls: Segment[][] = [];
  let previous: RankEvent | null = null;
  rank.events.forEach((event, index) => {
    if (event.kind === 'called' || calls.length === 0) calls.push([{ events: [], beats: 0 }]);
    else if (previous?.kind === 'offered') calls.at(-1)?.push({ events: [], beats: 0 });
    const segment = at(at(calls, calls.length - 1), at(calls, calls.length - 1).length - 1);
    if (segment.beats === 0 || !sharesBeat(previous, event)) segment.beats += 1;
    segment.events.push({ event, index, beat: segment.beats - 1 });
    previous = event;
  });
  return calls;
}
