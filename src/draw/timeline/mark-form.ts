import { at } from '../../base/assert.ts';
import { memoizedInSteps } from '../../base/memo.ts';
import type { Steps } from '../../base/steps.ts';
import { kindOf } from '../../trace/event-kinds.ts';
import { causesOf, isWrong } from '../../trace/failures.ts';
import { MARK_FORMS, type MarkForm } from '../../trace/mark-forms.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';

/** What each form stands for, in words. */
export const FORM_MEANS: Record<MarkForm, string> = {
  edge: 'a call begins or returns',
  view: 'moves nothing in memory',
  copy: 'copies its elements',
  attention: 'attention on a rank’s own heads',
  decision: 'decides, asserts or remembers',
  offer: 'comes to a collective',
  landing: 'the pieces land',
  follows: 'fails, or waits, for what failed before',
  fault: 'fails first',
};

/** The form of an event on the lane of `rank`. */
export function formOf(trace: Trace, rank: number, placed: PlacedEvent): MarkForm {
  const { event } = placed;
  if (isWrong(trace, rank, placed)) return causesOf(trace).events.has(placed) ? 'fault' : 'follows';
  return kindOf(event).mark(event);
}

/**
 * A trace as a grid of ranks × ticks, row-major: 0 where nothing happens, else 1 + the index of the
 * form most worth seeing. What lies in one pixel is then the largest number there.
 */
export interface FormGrid {
  readonly ticks: number;
  readonly codes: Uint8Array;
}

export const formGridOf = memoizedInSteps(function* (trace: Trace): Steps<FormGrid> {
  const { lanes, ticks } = trace;
  const codes = new Uint8Array(lanes.length * ticks);
  for (const [rank, lane] of lanes.entries()) {
    for (const placed of lane) {
      const cell = rank * ticks + placed.tick;
      const code = 1 + MARK_FORMS.indexOf(formOf(trace, rank, placed));
      codes[cell] = Math.max(at(codes, cell), code);
    }
    yield;
  }
  return { ticks, codes };
});

/** The form most worth seeing among ranks and ticks (ends excluded), or null where nothing happens. */
export function formAmong(
  { ticks, codes }: FormGrid,
  ranks: { readonly from: number; readonly to: number },
  columns: { readonly from: number; readonly to: number },
): MarkForm | null {
  let most = 0;
  for (let rank = ranks.from; rank < ranks.to; rank++) {
    for (let tick = columns.from; tick < columns.to; tick++) {
      most = Math.max(most, codes[rank * ticks + tick] ?? 0);
    }
  }
  return most === 0 ? null : at(MARK_FORMS, most - 1);
}
