import { at } from '../../base/assert.ts';
import { memoizedByAll } from '../../base/memo.ts';
import { range } from '../../base/numbers.ts';
import type { Call } from '../../core/contract/case.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import { EVENT_KIND_NAMES, kindOf } from '../event-kinds.ts';
import { momentsOf } from '../moment.ts';
import type { Tick, Trace } from '../trace.ts';
import { bestPairs } from './best-pairs.ts';
import { type Difference, differencesBetween } from './difference.ts';

/**
 * Two traces on one time axis. Calls are paired by what they move, and within a pair of calls the
 * ticks by what the ranks do in them: as many ranks as both traces have, rank by rank. What finds
 * no partner between two pairs stands side by side, and is told as another operation; what is left
 * over stands alone, while the other side rests.
 *
 *   left    called  decided  assert   raised   ·        ·         ┊
 *   right   called  decided  reshape  permute  offered  received  ┊
 *   step    0       1        2        3        4        5
 */
export interface Alignment {
  readonly a: Trace;
  readonly b: Trace;
  readonly steps: readonly AlignedStep[];
  readonly calls: readonly AlignedCall[];
  /** The steps at which the two differ. */
  readonly differing: readonly number[];
}

export interface AlignedStep {
  /** Index into the alignment's calls. */
  readonly call: number;
  /** What each side does; null while it rests. */
  readonly tickA: Tick | null;
  readonly tickB: Tick | null;
  /** What differs, what weighs most first. */
  readonly differences: readonly Difference[];
}

/** A call as either side makes it, null where one side does not, and the steps that it spans. */
export interface AlignedCall {
  readonly callA: number | null;
  readonly callB: number | null;
  readonly first: number;
  readonly last: number;
}

/** The alignment of two traces, kept for as long as both are there. */
export const alignmentOf = memoizedByAll(align);

function align(a: Trace, b: Trace): Alignment {
  const steps: AlignedStep[] = [];
  const lanes = Math.min(a.lanes.length, b.lanes.length);
  const sides = { a: signaturesOf(a, lanes), b: signaturesOf(b, lanes) };
  const calls = pairedCalls(a, b).map(([callA, callB], call) => {
    const first = steps.length;
    for (const [tickA, tickB] of pairedTicks(sides, ticksOf(a, callA), ticksOf(b, callB))) {
      const differences = differencesBetween({ trace: a, tick: tickA }, { trace: b, tick: tickB });
      steps.push({ call, tickA, tickB, differences });
    }
    return { callA, callB, first, last: steps.length - 1 };
  });
  const differing = range(steps.length).filter((step) => at(steps, step).differences.length > 0);
  return { a, b, steps, calls, differing };
}

type Pair = readonly [a: number | null, b: number | null];

/** The calls that were reached, in an order that both sides keep. */
function pairedCalls(a: Trace, b: Trace): Pair[] {
  const namesOf = ({ calls, recording }: Trace) =>
    calls.map(({ call }) => nameOf(at(recording.contract.calls, call)));
  const names = { a: namesOf(a), b: namesOf(b) };
  const pairs = bestPairs({
    lengthA: names.a.length,
    lengthB: names.b.length,
    worth: (one, other) => (names.a[one] === names.b[other] ? 1 : 0),
    order: (one, other) => compareTexts(at(names.a, one), at(names.b, other)),
  });
  // A call that only one side makes has no counterpart: the other side rests.
  return sidesOf(pairs, names.a.length, names.b.length).flatMap(({ pair, onlyA, onlyB }) => [
    ...onlyA.map((call): Pair => [call, null]),
    ...onlyB.map((call): Pair => [null, call]),
    ...(pair === null ? [] : [pair]),
  ]);
}

function nameOf(call: Call): string {
  return call.pass === 1 ? `1 ${call.tensor}` : `2 ${call.tensor} ${call.to}`;
}

function ticksOf(trace: Trace, call: number | null): Tick[] {
  if (call === null) return [];
  const { first, last } = at(trace.calls, call);
  return range(last - first + 1).map((tick) => first + tick);
}

/** The ticks of a pair of calls, side by side. */
function pairedTicks(
  sides: { readonly a: Signatures; readonly b: Signatures },
  ticksA: readonly Tick[],
  ticksB: readonly Tick[],
): Pair[] {
  const signatureA = (index: number) => at(sides.a, at(ticksA, index));
  const signatureB = (index: number) => at(sides.b, at(ticksB, index));
  const pairs = bestPairs({
    lengthA: ticksA.length,
    lengthB: ticksB.length,
    worth: (a, b) => inCommon(signatureA(a), signatureB(b)),
    order: (a, b) => compareTexts(signatureA(a).join(), signatureB(b).join()),
  });
  return sidesOf(pairs, ticksA.length, ticksB.length).flatMap(({ pair, onlyA, onlyB }) => [
    ...range(Math.max(onlyA.length, onlyB.length)).map((index): Pair => {
      const [a, b] = [onlyA[index], onlyB[index]];
      return [a === undefined ? null : at(ticksA, a), b === undefined ? null : at(ticksB, b)];
    }),
    ...(pair === null ? [] : [[at(ticksA, pair[0]), at(ticksB, pair[1])] as const]),
  ]);
}

/** Each pair with what stands before it on either side; the last has no pair. */
function sidesOf(pairs: ReturnType<typeof bestPairs>, lengthA: number, lengthB: number) {
  let a = 0;
  let b = 0;
  return [...pairs, null].map((pair) => {
    const [toA, toB] = pair ?? [lengthA, lengthB];
    const onlyA = range(toA - a).map((index) => a + index);
    const onlyB = range(toB - b).map((index) => b + index);
    a = toA + 1;
    b = toB + 1;
    return { pair, onlyA, onlyB };
  });
}

/** Tick by tick, what each rank does: its kind and name; empty for a rank that does nothing. */
type Signatures = readonly (readonly string[])[];

function signaturesOf(trace: Trace, lanes: number): Signatures {
  return momentsOf(trace).map(({ events }) => {
    const ranks: string[] = range(lanes).map(() => '');
    for (const { rank, placed } of events) {
      if (rank < lanes && ranks[rank] === '') ranks[rank] = signatureOf(placed.event);
    }
    return ranks;
  });
}

function signatureOf(event: RankEvent): string {
  return kindOf(event).signature?.(event) ?? event.kind;
}

/** What outweighs what: no local operation is worth tearing a collective from its counterpart. */
const WEIGHTS = new Map<string, number>(
  EVENT_KIND_NAMES.map((kind) => [kind, kindOf({ kind }).worth ?? 1]),
);

function inCommon(a: readonly string[], b: readonly string[]): number {
  let worth = 0;
  for (let rank = 0; rank < a.length; rank++) {
    const signature = at(a, rank);
    if (signature !== '' && signature === b[rank]) worth += WEIGHTS.get(signature) ?? 1;
  }
  return worth;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
