import { assert, unreachable } from '../base/assert.ts';
import { sameNumbers } from '../base/numbers.ts';
import type { Case } from './case.ts';
import { evaluate, type Scope } from './condition/evaluate.ts';
import type { Implementation, SizesQuestion } from './implementation.ts';
import { PythonError } from './python-error.ts';

/**
 * A question that a program asked of its release, and what that answered. It is data: it outlives the
 * run in which it was asked, and must hold nothing of it.
 */
export type Inquiry =
  | {
      readonly kind: 'condition';
      /** What the condition has in scope. */
      readonly scope: Scope;
      /** Null where it raised. */
      readonly answer: boolean | null;
    }
  | {
      readonly kind: 'sizes';
      readonly question: SizesQuestion;
      readonly answer: readonly number[];
    };

/** The condition that chooses the path: the case's own, else that of the release. */
export function conditionOf(c: Pick<Case, 'condition'>, release: Implementation): string {
  const condition = c.condition ?? release.condition;
  assert(condition !== null, 'who asks a condition has one');
  return condition;
}

/** What a release answers to a question of sizes. */
export function sizesFrom({ release }: Implementation, question: SizesQuestion): readonly number[] {
  assert(release !== undefined, 'who asks sizes of a release has one');
  switch (question.of) {
    case 'fallbackSizes':
      return release.fallbackSizes(...question.given);
    case 'backShape':
      return release.backShape(...question.given);
    default:
      return unreachable(question);
  }
}

/**
 * Whether `release` does with `c` what another with the same steps did with the same task, which was
 * asked `inquiries`. A program is deterministic, and releases differ in nothing but their answers: one
 * that answers all that was asked the same leaves the same recording, but for how its condition reads.
 */
export function doesTheSame(
  c: Case,
  release: Implementation,
  inquiries: readonly Inquiry[],
): boolean {
  return inquiries.every((inquiry) => answersTheSame(c, release, inquiry));
}

function answersTheSame(c: Case, release: Implementation, inquiry: Inquiry): boolean {
  if (inquiry.kind === 'sizes') {
    return sameNumbers(sizesFrom(release, inquiry.question), inquiry.answer);
  }
  // What a condition raises quotes it.
  if (inquiry.answer === null) return false;
  try {
    return evaluate(conditionOf(c, release), inquiry.scope).truth === inquiry.answer;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return false;
  }
}

/**
 * All that a run follows from besides its steps and what the release answers them: equal for two runs
 * if, and only if, all of it is.
 */
export function taskOf(c: Case, release: Implementation): string {
  const { implementation: _, ...task } = c;
  const { order, packed, strided, repeatsKv, remembersHeads, countsByLayer } = release;
  const caller = [release.caller?.guards.map(({ id }) => id), release.caller?.repeatsKv];
  return JSON.stringify([
    task,
    order,
    packed,
    strided,
    repeatsKv,
    remembersHeads,
    countsByLayer,
    caller,
  ]);
}
