import { at } from '../base/assert.ts';
import { sameNumbers, sum } from '../base/numbers.ts';
import { shortCallTitle } from '../core/contract/call-title.ts';
import { departures } from '../core/judge/checks/compare-with-truth.ts';
import { passOneCallOf, truthOf } from '../core/judge/truth.ts';
import { endingOf, eventsByCall, type Recording } from '../core/recording/event.ts';
import { isAhead } from '../core/recording/standstill.ts';

/** A tensor's layout at one point of its way: what each rank holds there. */
export interface Stop {
  readonly title: string;
  /** The call that leads here; null for where the way begins. */
  readonly call: number | null;
  /** Each rank's shape, null where a rank returned nothing. */
  readonly shapes: readonly (readonly number[] | null)[];
  /** The shape that it should be on rank 0, where that is known. */
  readonly should: readonly number[] | null;
  /** Whether a rank got nothing, a wrong shape, or a wrong element. */
  readonly wrong: boolean;
  readonly shapeWrong: boolean;
  readonly wrongElements: number;
  /** Whether ranks that are not at their end have still to come here: nothing is known of it. */
  readonly ahead: boolean;
}

/**
 * The way of the tensor that `call` moves: as every rank holds it, after pass 1, after pass 2. A
 * call that is not reached, or never made, has no stop.
 */
export function stopsOf(recording: Recording, call: number): readonly Stop[] {
  const { calls } = recording.contract;
  const there = at(calls, call).pass === 1 ? call : passOneCallOf(calls, call);
  if (there === null) return [];
  const back =
    at(calls, call).pass === 2
      ? call
      : calls.findIndex((one, index) => one.pass === 2 && passOneCallOf(calls, index) === there);
  const tensor = at(calls, there).tensor;
  const byRank = recording.ranks.map(eventsByCall);
  const inputs = byRank.map((rank) => {
    const began = rank[there]?.events[0];
    return began?.kind === 'called' ? began.input.shape : null;
  });
  const start: Stop = {
    title: `${tensor} on each rank`,
    call: null,
    shapes: inputs,
    should: null,
    wrong: false,
    shapeWrong: false,
    wrongElements: 0,
    ahead: false,
  };
  const after = (index: number): Stop => {
    const truths = truthOf(recording, index);
    const shapes = byRank.map((rank) => {
      const events = rank[index];
      const ending = events === undefined ? null : endingOf(events);
      return ending?.kind === 'returned' ? ending.output.shape : null;
    });
    const shapeWrong = shapes.some((shape, rank) => {
      const truth = truths[rank];
      return shape === null || (truth != null && !sameNumbers(shape, truth.shape));
    });
    const wrongElements = sum(departures(recording, index).map((one) => one.wrongElements));
    const wrong = shapeWrong || wrongElements > 0;
    const should = at(calls, index).pass === 2 ? (inputs[0] ?? null) : (truths[0]?.shape ?? null);
    const ahead = isAhead(recording, index);
    const reached = byRank.some((rank) => rank[index] !== undefined);
    const name = shortCallTitle(calls, index);
    const title = reached || ahead ? `after ${name}` : `${name} is not reached`;
    return {
      title,
      call: index,
      shapes,
      should,
      wrong: wrong && reached && !ahead,
      shapeWrong,
      wrongElements,
      ahead,
    };
  };
  return [start, after(there), ...(back < 0 ? [] : [after(back)])];
}
