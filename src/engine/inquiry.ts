import { sameNumbers } from '../base/numbers.ts';
import { type Case, layerOf } from './case.ts';
import type { Implementation } from './implementation.ts';
import { PythonError } from './python-error.ts';

/** What a program asks of the release that it runs in: whether its condition holds, or sizes. */
export type Answer = boolean | readonly number[];

/** A question that a program asked of its release, and what that answered. */
export interface Inquiry {
  readonly ask: (release: Implementation) => Answer;
  /** Null where the condition raised. */
  readonly answer: Answer | null;
}

/**
 * Whether `release` does what another with the same steps did with the same task, which was asked
 * `inquiries`. A program is deterministic, and releases differ in nothing but their answers: one
 * that answers all that was asked the same leaves the same recording, but for the texts of conditions.
 */
export function doesTheSame(release: Implementation, inquiries: readonly Inquiry[]): boolean {
  return inquiries.every(({ ask, answer }) => {
    // What a condition raises quotes it.
    if (answer === null) return false;
    try {
      return isSame(ask(release), answer);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return false;
    }
  });
}

function isSame(a: Answer, b: Answer): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  return sameNumbers(a, b);
}

/**
 * All that a run follows from besides its steps and what the release answers them: equal for two runs
 * if, and only if, all of it is.
 */
export function taskOf(c: Case, release: Implementation): string {
  const { implementation: _, ...task } = c;
  const { sharding, packed, strided, repeatsKv, remembersHeads, remembersByLayer } = release;
  // One layer keeps by itself what the process would keep.
  const layers = new Set(c.calls.map(({ tensor }) => layerOf(tensor))).size;
  const byLayer = layers > 1 && remembersByLayer === true;
  return JSON.stringify([task, sharding, packed, strided, repeatsKv, remembersHeads, byLayer]);
}
