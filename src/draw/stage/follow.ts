import { memoized } from '../../base/memo.ts';
import type { Selection } from '../../store/view.ts';
import type { HeldElement } from '../../trace/origin.ts';
import { type Journey, journeyOf, whereAt } from '../../trace/provenance.ts';
import type { Tick, Trace } from '../../trace/trace.ts';

/** Where the element that a person follows is at a tick: on no rank, on one, or as twins on several. */
export function followed(trace: Trace, selection: Selection, tick: Tick): readonly HeldElement[] {
  const journey = wayOf(trace, selection);
  return journey === null ? [] : whereAt(journey, tick);
}

/** The way of a picked element, through all operations and passes; null where none is held there. */
export function wayOf(trace: Trace, picked: Selection): Journey | null {
  const { tick, rank, tensor, place } = picked;
  const ways = waysOf(trace);
  const key = `${tick} ${rank} ${tensor} ${place}`;
  const known = ways.get(key);
  if (known !== undefined) return known;
  if (ways.size >= KEPT) ways.clear();
  const journey = journeyOf(trace, picked);
  ways.set(key, journey);
  return journey;
}

/** So many ways are kept: the followed one and those of the elements last pointed at. */
const KEPT = 32;
const waysOf = memoized((_: Trace) => new Map<string, Journey | null>());
