import { kvRepeatOf } from './caller.ts';
import { type Call, type Case, kvTimes } from './case.ts';
import type { CallContext } from './context.ts';
import type { Implementation } from './implementation.ts';
import type { Tensor } from './tensor.ts';

/** A call that a rank has come to the end of: what it followed from, and what it left. */
export interface DoneCall {
  readonly call: Call;
  readonly context: CallContext;
  readonly input: Tensor;
  /** The head count that it met, and the one that it left behind. */
  readonly met: number | null;
  readonly left: number | null;
  readonly output: Tensor;
  /** Where its events behind `called` begin and end, among those of the rank. */
  readonly from: number;
  readonly to: number;
}

/**
 * The first of the calls that a rank has done that `next` is like, by number: it takes as many heads of
 * the same input the same way in a process in the same state, and its program has seen nothing of the
 * call that is otherwise now. A program is deterministic: `next` would do and return the same.
 *
 * `input` is what pass 2 takes; what pass 1 takes follows from the heads.
 */
export function likeCall(
  done: readonly DoneCall[],
  c: Case,
  implementation: Implementation,
  next: Call,
  input: Tensor | undefined,
  numKvHeads: number | null,
): number | null {
  const repeats = kvRepeatOf(c, implementation) !== undefined;
  const index = done.findIndex(
    (one) =>
      one.call.pass === next.pass &&
      one.call.heads === next.heads &&
      (next.pass === 1 || one.input === input) &&
      one.met === numKvHeads &&
      one.left === numKvHeads &&
      kvTimes(c, one.call, repeats) === kvTimes(c, next, repeats) &&
      one.context.wouldSeeTheSame(next),
  );
  return index < 0 ? null : index;
}
