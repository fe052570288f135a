import { at } from '../../base/assert.ts';
import { type Coordinates, coordinates } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { isOnPath, openQuestion } from '../../store/lesson-path.ts';
import type { RankscopeState } from '../../store/state.ts';
import type { HeldElement } from '../../trace/origin.ts';
import { rankStateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';

/** What a lesson asks to be picked on the stage, and what is picked so far. */
export interface Picking {
  readonly kind: 'heads' | 'tokens' | 'ranks';
  readonly members: readonly number[];
}

/** What can be picked now; null where no lesson asks for anything on the stage. */
export function pickingOf(state: RankscopeState): Picking | null {
  const question = openQuestion(state);
  if (question === null || state.lesson === null || !isOnPath(state)) return null;
  const { kind } = question.answer;
  if (kind !== 'heads' && kind !== 'tokens' && kind !== 'ranks') return null;
  const { picks } = state.lesson;
  return { kind, members: picks === 'none' ? [] : picks };
}

/** What a click on a rank’s card, or on an element in it, picks; null where it picks nothing. */
export function memberAt(
  { kind }: Picking,
  trace: Trace,
  tick: Tick,
  rank: number,
  element: HeldElement | null,
): number | null {
  if (kind === 'ranks') return rank;
  if (element === null) return null;
  const { h, s } = coordinatesOf(trace, tick, element);
  return kind === 'heads' ? h : s;
}

function coordinatesOf(
  trace: Trace,
  tick: Tick,
  { rank, tensor, place }: HeldElement,
): Coordinates {
  const { recording } = trace;
  const { holding, latest } = rankStateAt(trace, rank, tick);
  const ids = elementsOf(at(recording.ranks, rank), at(holding, tensor));
  const call = at(recording.contract.calls, latest?.call ?? 0);
  return coordinates(sizesOf(recording.contract, call), at(ids, place));
}
