import { assert } from '../../base/assert.ts';
import { type Fact, type FactKind, type FactValue, isRight } from './fact.ts';
import { type LessonStep, lastMoment } from './lesson.ts';
import { runInThread } from './run-in-thread.ts';

/** How an answer compares with what the ranks say. */
export interface Assessment {
  readonly grade: 'right' | 'partly' | 'wrong';
  /** Of a list: the members that are right, that are missing, and that do not belong. */
  readonly hit: readonly number[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

export function assess(given: FactValue, right: FactValue): Assessment {
  const isList = Array.isArray(given) && Array.isArray(right);
  const [mine, theirs] = isList ? [given as number[], right as number[]] : [[], []];
  const hit = theirs.filter((one) => mine.includes(one));
  const grade = isRight(given, right) ? 'right' : hit.length > 0 ? 'partly' : 'wrong';
  const missing = theirs.filter((one) => !mine.includes(one));
  const extra = mine.filter((one) => !theirs.includes(one));
  return { grade, hit, missing, extra };
}

const known = new WeakMap<LessonStep, FactValue>();

/**
 * What is right, known before the ranks on the screen go on: the case is run in this thread, as it
 * was when the lesson was read.
 */
export function rightAnswer(step: LessonStep): FactValue {
  const found = known.get(step) ?? answerInThread(step);
  known.set(step, found);
  return found;
}

function answerInThread(step: LessonStep): FactValue {
  const run = runInThread(step.case);
  const tick = lastMoment(step).tickIn(run);
  const value = step.ask === null || tick === null ? null : step.ask.answer.valueIn(run, tick);
  assert(value !== null, 'the lesson was checked');
  return value;
}

/** Whether there is anything to be tried a second time: what two choices leave is no question. */
export function hasSecondTry(step: LessonStep, given: FactValue): boolean {
  const { ask } = step;
  if (ask === null || isRight(given, rightAnswer(step))) return false;
  return ask.answer.kind !== 'choice' || ask.answer.choices.length > 2;
}

/** What is said of a first answer that is not right, without what would give the right one away. */
export function hintText({ kind }: Fact, given: FactValue, right: FactValue): string {
  const { grade, hit, missing, extra } = assess(given, right);
  if (grade === 'partly') {
    const left = missing.length;
    return listed([
      `${members(kind, hit)} ${isOrAre(hit)} right`,
      extra.length > 0 && `${members(kind, extra)} ${isOrAre(extra)} not`,
      left > 0 && `${left} ${left === 1 ? ONE[kind] : kind} ${left === 1 ? 'is' : 'are'} missing`,
    ]);
  }
  if (Array.isArray(given) && given.length === 0) return `At least one ${ONE[kind]} is right.`;
  return `It is not ${answerText(kind, given)}.`;
}

/** What is said of an answer that was not right once the right one is shown. */
export function differenceText({ kind }: Fact, given: FactValue, right: FactValue): string {
  const { grade, hit, missing, extra } = assess(given, right);
  if (grade === 'partly') {
    return listed([
      `${members(kind, hit)} ${isOrAre(hit)} right`,
      missing.length > 0 && `${members(kind, missing)} ${isOrAre(missing)} missing`,
      extra.length > 0 && `${members(kind, extra)} ${isOrAre(extra)} wrong`,
    ]);
  }
  return `${capital(answerText(kind, right))}, not ${answerText(kind, given)}.`;
}

/** "heads 4 and 5", "rank 2", "none", "8", "the even path". */
export function answerText(kind: FactKind, value: FactValue): string {
  if (Array.isArray(value)) return members(kind, value as number[]);
  return optionText(value as number | string);
}

/** A choice as it is read. */
export function optionText(option: number | string): string {
  return OPTIONS[option] ?? String(option);
}

const OPTIONS: Readonly<Record<string, string>> = {
  'ranks disagree': 'the ranks disagree or hang',
  raises: 'a rank raises an exception',
  'silently wrong': 'no exception, but wrong elements',
  'wrong shape': 'no exception, but a wrong shape',
  unbalanced: 'correct, but unbalanced',
  fine: 'correct',
  even: 'the even path',
  uneven: 'the uneven path',
};

/** One of a list: "head". */
export const ONE: Readonly<Record<FactKind, string>> = {
  heads: 'head',
  tokens: 'token',
  ranks: 'rank',
  number: 'number',
  choice: 'choice',
  shape: 'shape',
  text: 'text',
};

/** "heads 4 and 5", "head 4", "no head". */
function members(kind: FactKind, list: readonly number[]): string {
  const [last, ...before] = list.toReversed();
  if (last === undefined) return `no ${ONE[kind]}`;
  if (before.length === 0) return `${ONE[kind]} ${last}`;
  return `${kind} ${before.toReversed().join(', ')} and ${last}`;
}

function isOrAre(list: readonly number[]): 'is' | 'are' {
  return list.length === 1 ? 'is' : 'are';
}

function listed(parts: readonly (string | false)[]): string {
  return `${capital(parts.filter((part) => part !== false).join(', '))}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
