import { at } from '../base/assert.ts';
import { memoized } from '../base/memo.ts';
import { type Evidence, type Finding, VERDICTS } from '../core/judge/finding.ts';
import type { HeldElement } from './origin.ts';
import type { Tick, Trace } from './trace.ts';
import { wrongPlaces } from './wrong-elements.ts';

/** Places in a trace that are worth going to. A cursor is a tick with a fraction. */

/** Where the next call begins; null in the last one. */
export function nextCall(trace: Trace, cursor: number): Tick | null {
  return trace.calls.find(({ first }) => first > cursor)?.first ?? null;
}

/** Where this call began, or the one before where the cursor is at its start; null at the start. */
export function previousCall(trace: Trace, cursor: number): Tick | null {
  return trace.calls.findLast(({ first }) => first < cursor)?.first ?? null;
}

/** The fact by which a run is first seen to be wrong, and when. */
export interface Disagreement {
  readonly tick: Tick;
  readonly finding: Finding;
  readonly evidence: Evidence;
}

/**
 * The first place in time at which any failing check has evidence; of several in one tick, the one
 * of the worst verdict. Unbalanced heads are no disagreement: they count where nothing else fails.
 */
export function firstDisagreement(trace: Trace, findings: readonly Finding[]): Disagreement | null {
  const failing = findings.filter(({ status }) => status === 'fail');
  const graver = failing.filter(({ verdict }) => verdict !== 'unbalanced');
  const places = (graver.length > 0 ? graver : failing).flatMap((finding) =>
    finding.evidence.map((evidence) => ({
      tick: tickOfEvidence(trace, evidence),
      finding,
      evidence,
    })),
  );
  const [first] = places.toSorted(
    (a, b) => a.tick - b.tick || gravity(a.finding) - gravity(b.finding),
  );
  return first ?? null;
}

/** 0 for the worst verdict. */
function gravity({ verdict = 'fine' }: Finding): number {
  return VERDICTS.indexOf(verdict);
}

/** When a fact is seen: at its operation, else once its rank is through with the call. */
export function tickOfEvidence(trace: Trace, { operation, element, ranks, call }: Evidence): Tick {
  if (operation !== null) return at(at(trace.lanes, operation.rank), operation.event).tick;
  const lane = at(trace.lanes, element?.rank ?? ranks[0] ?? 0);
  const last = lane.findLast((placed) => placed.call === call) ?? lane.at(-1);
  return last?.tick ?? 0;
}

/** An element as a rank holds it in the moment of a tick. */
export interface SeenElement extends HeldElement {
  readonly tick: Tick;
}

/**
 * The next (`by` 1) or previous (-1) wrong element in the order of time, then rank, then place: from
 * `selected`, or, where nothing is selected, from the cursor. After the last comes the first again.
 */
export function neighbouringWrong(
  trace: Trace,
  cursor: number,
  selected: SeenElement | null,
  by: -1 | 1,
): SeenElement | null {
  const all = wrongResults(trace);
  const ordered = by > 0 ? all : all.toReversed();
  const from = selected ?? { tick: cursor, rank: by > 0 ? -1 : Number.POSITIVE_INFINITY, place: 0 };
  for (const result of ordered) {
    const side = Math.sign(result.tick - from.tick || result.rank - from.rank);
    if (side === -by) continue;
    const place =
      side === by
        ? result.places.at(by > 0 ? 0 : -1)
        : by > 0
          ? result.places.find((one) => one > from.place)
          : result.places.findLast((one) => one < from.place);
    if (place !== undefined) return elementOf(result, place);
  }
  const [around] = ordered;
  return around === undefined
    ? null
    : elementOf(around, at(around.places, by > 0 ? 0 : around.places.length - 1));
}

/** Something wrong that a rank returned. */
interface WrongResult {
  readonly tick: Tick;
  readonly rank: number;
  readonly places: Int32Array;
}

function elementOf({ tick, rank }: WrongResult, place: number): SeenElement {
  return { tick, rank, tensor: 0, place };
}

const wrongResults = memoized((trace: Trace): readonly WrongResult[] =>
  trace.calls.flatMap(({ call }) => {
    const results = wrongPlaces(trace.recording, call).flatMap((places, rank) => {
      if (places === null || places.length === 0) return [];
      const lane = at(trace.lanes, rank);
      const returned = lane.find((one) => one.call === call && one.event.kind === 'returned');
      return returned === undefined ? [] : [{ tick: returned.tick, rank, places }];
    });
    return results.toSorted((a, b) => a.tick - b.tick || a.rank - b.rank);
  }),
);

/** Whether any rank returned a wrong element anywhere. */
export function hasWrongElements(trace: Trace): boolean {
  return wrongResults(trace).length > 0;
}
