import { at } from '../../../base/assert.ts';
import { memoized } from '../../../base/memo.ts';
import { withCommas } from '../../../base/numbers.ts';
import { finish, type Steps } from '../../../base/steps.ts';
import { callTitle } from '../../contract/call-title.ts';
import { type Coordinates, coordinates } from '../../contract/case.ts';
import { batchDimOf, type Contract, sequenceOf, sizesOf } from '../../contract/contract.ts';
import { lostTokens } from '../../contract/sequence.ts';
import { alikeIn, type RankEvent, type Recording } from '../../recording/event.ts';
import {
  type Attended,
  attendInSteps,
  attentionWork,
  type Heads,
  headsFrom,
  MOST_ATTENTION_WORK,
} from '../../world/attention.ts';
import type { Evidence } from '../finding.ts';
import { passOneCallOf, passOneTruth } from '../truth.ts';
import { type Check, evidence } from './check.ts';
import { coordinatesText } from './compare-with-truth.ts';

/**
 * Softmax attention on each rank's own heads, causal and full, equals attention on one device, in
 * double precision. Each rank computed its part where it ran; the one device is this thread.
 */
export const attentionEqual: Check = {
  title: 'Attention between the passes equals one device’s',
  worst: 'silently wrong',
  needs: ['elements'],
  *prepare(recording) {
    if (losesTokens(recording) || workOf(recording) > MOST_ATTENTION_WORK) return;
    for (const call of recording.contract.calls.keys()) {
      const there = passOneCallOf(recording.contract.calls, call);
      if (there === null || attendedIn(recording, call).length === 0) continue;
      yield* oneDevice(recording, there);
    }
  },
  judge(recording) {
    const c = recording.contract;
    if (losesTokens(recording)) {
      const summary = 'tokens were lost before pass 1: one device attends to other ones';
      return { status: 'not-applicable', summary, evidence: [] };
    }
    const work = workOf(recording);
    if (work > MOST_ATTENTION_WORK) {
      return {
        status: 'not-applicable',
        summary: `too large to compute here: ${withCommas(work)} multiplications, at most ${withCommas(MOST_ATTENTION_WORK)}`,
        evidence: [],
      };
    }
    const found: Evidence[] = [];
    let largest = 0;
    let judged = 0;
    for (const [call] of c.calls.entries()) {
      for (const { rank, difference, where, problem, event } of comparisons(recording, call)) {
        judged += 1;
        largest = Math.max(largest, difference);
        if (problem === null && difference <= TOLERANCE) continue;
        const text = problem ?? `rank ${rank} differs by up to ${difference.toPrecision(3)}`;
        const place = where === null ? '' : `, at ${coordinatesText(where)}`;
        found.push(
          evidence(c, call, text + place, {
            ranks: [rank],
            operation: { rank, event },
            numbers: { largestDifference: difference, tolerance: TOLERANCE, ...where },
          }),
        );
      }
    }
    const [first] = found;
    if (judged === 0) {
      return { status: 'not-applicable', summary: 'no rank reached attention', evidence: [] };
    }
    return first === undefined
      ? {
          status: 'pass',
          summary: `full and causal; largest difference ${largest.toExponential(1)}`,
          evidence: [],
        }
      : {
          status: 'fail',
          summary: `before ${callTitle(c.calls, first.call)} · ${first.text}`,
          evidence: found,
          verdict: 'silently wrong',
        };
  },
};

function losesTokens(recording: Recording): boolean {
  return lostTokens(sequenceOf(recording.contract)) > 0;
}

function workOf({ contract: c }: Recording): number {
  return attentionWork({ ...c, heads: Math.max(...c.calls.map(({ heads }) => heads)) });
}

/** Double precision, a few hundred additions. */
const TOLERANCE = 1e-9;

interface Comparison {
  readonly rank: number;
  readonly event: number;
  readonly difference: number;
  /** The element that differs most. */
  readonly where: Coordinates | null;
  readonly problem: string | null;
}

/** Whoever attended in a call, and at which of its events. */
function attendedIn(recording: Recording, call: number) {
  return alikeIn(recording).flatMap(({ ranks, calls }) => {
    const own = calls[call];
    const index = own?.events.findIndex(({ kind }) => kind === 'attended') ?? -1;
    const event = own?.events[index];
    if (own === undefined || event?.kind !== 'attended') return [];
    return ranks.map((rank) => ({ rank, event, index: own.start + index }));
  });
}

function comparisons(recording: Recording, call: number): Comparison[] {
  const c = recording.contract;
  const attended = attendedIn(recording, call);
  const there = passOneCallOf(c.calls, call);
  if (attended.length === 0 || there === null) return [];
  const reference = finish(oneDevice(recording, there));
  const truths = passOneTruth(recording, there);
  const sizes = sizesOf(c, at(c.calls, there));
  return attended.map(({ rank, event, index }) => {
    const incomparable = { rank, event: index, difference: 0, where: null };
    if (event.problem !== null)
      return { ...incomparable, problem: `rank ${rank} has ${event.problem}` };
    const truth = truths[rank];
    if (truth == null) return { ...incomparable, problem: `rank ${rank} holds no whole heads` };
    const places = placesOf(c, truth.ids, truth.shape);
    const { difference, place } = largestDifference(event, reference, places);
    const where = place === null ? null : coordinates(sizes, place);
    return { rank, event: index, difference, where, problem: null };
  });
}

const devices = memoized((_: Recording) => new Map<number, Attended>());

/** Attention over the whole tensors, as if there were one rank; kept with the recording. */
function* oneDevice(recording: Recording, call: number): Steps<Attended> {
  const known = devices(recording).get(call);
  if (known !== undefined) return known;
  const c = recording.contract;
  const { tensor, heads } = at(c.calls, call);
  const layer = /^q(\d*)$/.exec(tensor)?.[1];
  const key = c.calls.find((one) => one.pass === 1 && one.tensor === `k${layer}`);
  const value = c.calls.find((one) => one.pass === 1 && one.tensor === `v${layer}`);
  const all = (name: 'q' | 'k' | 'v', count: number): Heads => {
    const seq = c.positions;
    const shape = [c.batch, seq, count, c.headDim];
    const ids = new Int32Array(c.batch * seq * count * c.headDim).map((_, id) => id);
    const numbers = headsFrom(name, shape, ids, 0, c.batch);
    if (numbers === null) throw new Error('invariant broken: four dimensions are numbers');
    return numbers;
  };
  const q = all('q', heads);
  yield;
  const k = all('k', key?.heads ?? heads);
  yield;
  const v = all('v', value?.heads ?? heads);
  yield;
  const attended = yield* attendInSteps(q, k, v);
  devices(recording).set(call, attended);
  return attended;
}

/** For each element of a rank's result, row-major over [B, S, h, D], which global element it is. */
function placesOf(c: Contract, ids: Int32Array, shape: readonly number[]): Int32Array {
  if (shape.length === 3 || batchDimOf(c) === 0) return ids;
  const [S, B, h, D] = [at(shape, 0), at(shape, 1), at(shape, 2), at(shape, 3)];
  const row = h * D;
  const places = new Int32Array(ids.length);
  for (let b = 0; b < B; b++) {
    for (let s = 0; s < S; s++) {
      for (let e = 0; e < row; e++) places[(b * S + s) * row + e] = at(ids, (s * B + b) * row + e);
    }
  }
  return places;
}

/** The largest difference, full or causal, and the global element that shows it. */
function largestDifference(
  own: Extract<RankEvent, { kind: 'attended' }>,
  reference: Attended,
  places: Int32Array,
): { difference: number; place: number | null } {
  if (own.full.length !== places.length) {
    return { difference: Number.POSITIVE_INFINITY, place: null };
  }
  let difference = 0;
  let place: number | null = null;
  for (let index = 0; index < places.length; index++) {
    const here = at(places, index);
    const off = Math.max(
      Math.abs(at(own.full, index) - at(reference.full, here)),
      Math.abs(at(own.causal, index) - at(reference.causal, here)),
    );
    if (off <= difference) continue;
    difference = off;
    place = here;
  }
  return { difference, place };
}
