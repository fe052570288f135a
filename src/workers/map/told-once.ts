import { sameNumbers } from '../../base/numbers.ts';
import type { Case } from '../../core/contract/case.ts';
import type { Implementation, RankContext, Release } from '../../core/published/implementation.ts';
import { evaluate, type Scope } from '../../core/python/condition/evaluate.ts';
import { PythonError } from '../../core/python/python-error.ts';
import { namesFor } from '../../core/world/context.ts';

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
      readonly [Sizes in keyof Release]: {
        readonly kind: Sizes;
        readonly given: Parameters<Release[Sizes]>;
        readonly answer: readonly number[];
      };
    }[keyof Release];

/**
 * Tells once of releases that do the same with a case. A program is deterministic, and releases that
 * take the same steps differ in nothing but their answers: one that answers all that the steps asked
 * another leaves the same recording, but for how its condition reads.
 */
export class ToldOnce<Told> {
  private readonly last: {
    readonly steps: Implementation['steps'];
    readonly task: string;
    readonly inquiries: readonly Inquiry[];
    readonly told: Told;
  }[] = [];

  /** What `run` tells of a case, or told of another release that did the same with it. */
  tell(c: Case, release: Implementation, run: (release: Implementation) => Told): Told {
    const { steps } = release;
    if (steps === undefined) return run(release);
    const task = taskOf(c, release);
    const known = this.last.find(
      (one) => one.steps === steps && one.task === task && answersAll(c, release, one.inquiries),
    );
    if (known !== undefined) return known.told;
    const inquiries: Inquiry[] = [];
    const told = run(heard(release, inquiries));
    this.last.push({ steps, task, inquiries, told });
    if (this.last.length > MOST_TOLD) this.last.shift();
    return told;
  }
}

/** More than a table has cells of one program in a column. */
const MOST_TOLD = 16;

/** A release of which it is written down what its steps ask, on all ranks. */
export function heard(release: Implementation, inquiries: Inquiry[]): Implementation {
  const { release: sizes } = release;
  const heardSizes: Release | undefined = sizes && {
    fallbackSizes(...given) {
      const answer = sizes.fallbackSizes(...given);
      inquiries.push({ kind: 'fallbackSizes', given, answer });
      return answer;
    },
    backShape(...given) {
      const answer = sizes.backShape(...given);
      inquiries.push({ kind: 'backShape', given, answer });
      return answer;
    },
  };
  return {
    ...release,
    ...(heardSizes === undefined ? {} : { release: heardSizes }),
    reshard: (rank, input) => release.reshard(heardRank(rank, inquiries), input),
  };
}

function heardRank(rank: RankContext, inquiries: Inquiry[]): RankContext {
  const choosesUneven = (numHeads: number): boolean => {
    const scope = namesFor(rank, numHeads);
    let answer: boolean | null = null;
    try {
      answer = rank.choosesUneven(numHeads);
      return answer;
    } finally {
      inquiries.push({ kind: 'condition', scope, answer });
    }
  };
  return new Proxy(rank, {
    get: (target, name) =>
      name === 'choosesUneven' ? choosesUneven : Reflect.get(target, name, target),
  });
}

function answersAll(c: Case, release: Implementation, inquiries: readonly Inquiry[]): boolean {
  return inquiries.every((inquiry) => answersTheSame(c, release, inquiry));
}

function answersTheSame(
  { condition }: Case,
  { release, condition: published }: Implementation,
  inquiry: Inquiry,
): boolean {
  switch (inquiry.kind) {
    case 'fallbackSizes':
      return sameNumbers(release?.fallbackSizes(...inquiry.given) ?? [], inquiry.answer);
    case 'backShape':
      return sameNumbers(release?.backShape(...inquiry.given) ?? [], inquiry.answer);
    case 'condition':
      // What a condition raises quotes it.
      if (inquiry.answer === null) return false;
      return truthOf(condition ?? published, inquiry.scope) === inquiry.answer;
  }
}

/** Null where there is no condition, or where it raises. */
function truthOf(condition: string | null, scope: Scope): boolean | null {
  if (condition === null) return null;
  try {
    return evaluate(condition, scope).truth;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return null;
  }
}

/**
 * All that a run follows from besides its steps and what the release answers them: equal for two runs
 * if, and only if, all of it is.
 */
function taskOf(c: Case, release: Implementation): string {
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
