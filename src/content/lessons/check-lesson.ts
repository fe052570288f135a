import { assert } from '../../base/assert.ts';
import { estimateBytes, mebibytes } from '../../core/cases/memory.ts';
import type { Case } from '../../core/contract/case.ts';
import type { StopAt } from '../../core/recording/standstill.ts';
import { optionText } from './answer.ts';
import { type Claim, type Fact, type FactValue, isRight, isTrue, printValue } from './fact.ts';
import { type Lesson, type LessonProblem, type LessonStep, lastMoment } from './lesson.ts';
import type { LessonRun } from './lesson-run.ts';
import { reachOf, standsFor } from './reach.ts';
import { runInThread } from './run-in-thread.ts';
import { shinesOnStage } from './spotlight.ts';
import { spotlitCells } from './spotlit-cells.ts';
import { wordsOf } from './text.ts';
import { WHEN_EXAMPLES, type When } from './when.ts';

/** A lesson's cases are run while its file is being read: they are to be small. */
const MOST_BYTES = 16 * 2 ** 20;

/**
 * Runs a lesson in this thread, its ranks as far as they go on the page, and holds it to what they
 * do: that each moment is there, that what stands out is, that each question has an answer, which
 * nobody sees before it, and a wrong one, that each claim is true.
 */
export function checkLesson({ steps }: Lesson): LessonProblem[] {
  const known = new Map<string, LessonRun>();
  const run = (wanted: Case, until: StopAt | null) => {
    const key = JSON.stringify([wanted, until]);
    const one = known.get(key) ?? runInThread(wanted, until);
    known.set(key, one);
    return one;
  };
  return steps.flatMap((step, index) => {
    const { case: wanted, line } = step;
    if (estimateBytes(wanted) > MOST_BYTES) return [{ line, message: tooLarge(wanted) }];
    const nowhere = missingIn(run(wanted, null), step, ['from', 'at', 'after']);
    if (nowhere.length > 0) {
      const reason = `this run has no such moment; moments are ${WHEN_EXAMPLES}`;
      return nowhere.map((where) => ({ line, message: `${where}, and ${reason}` }));
    }
    const answeredIf = (answered: boolean) => (one: LessonStep) => answered && one === step;
    const runs = {
      asked: run(wanted, reachOf(steps, index, answeredIf(false))),
      answered: run(wanted, reachOf(steps, index, answeredIf(true))),
    };
    const beyond = [
      ...missingIn(runs.asked, step, ['from', 'at']).map((where) => ({ where, answered: false })),
      ...missingIn(runs.answered, step, ['after']).map((where) => ({ where, answered: true })),
    ];
    if (beyond.length > 0) {
      return beyond.map(({ where, answered }) => {
        const asking = standsFor(steps, index, answeredIf(answered));
        const reason = `the ranks are paused before it, at “${asking?.at.text}”, until the question in line ${asking?.line} is answered`;
        return { line, message: `${where}; ${reason}` };
      });
    }
    return [
      ...unseen(step, runs),
      ...givenAway(step),
      ...unanswered(step, runs),
      ...untrue(step.expect, runs.answered, tickIn(runs.answered, lastMoment(step))),
      ...untrueElsewhere(step, (one) => run(one, null)),
    ];
  });
}

/** The run of a step's case as it is before the step's question is answered, and then. */
interface StepRuns {
  readonly asked: LessonRun;
  readonly answered: LessonRun;
}

/** Which of a step's moments a run does not have: "at is “pass 1 of v”". */
function missingIn(
  run: LessonRun,
  step: LessonStep,
  names: readonly ('from' | 'at' | 'after')[],
): string[] {
  return names.flatMap((name) => {
    const when: When | null = step[name];
    return when === null || when.tickIn(run) !== null ? [] : [`${name} is “${when.text}”`];
  });
}

function tickIn(run: LessonRun, when: When): number {
  const tick = when.tickIn(run);
  assert(tick !== null, 'a moment that is missing was told');
  return tick;
}

/** What should stand out, and is not there in any moment of the step. */
function unseen(step: LessonStep, { asked, answered }: StepRuns): LessonProblem[] {
  const { highlight, line } = step;
  const strangers = (highlight.ranks ?? []).filter((rank) => rank >= step.case.sp);
  if (strangers.length > 0) {
    return [
      {
        line,
        message: `highlight names ${strangers.length === 1 ? 'rank' : 'ranks'} ${printValue(strangers)}; there are ${step.case.sp} ranks`,
      },
    ];
  }
  if (!shinesOnStage(highlight) || (highlight.heads ?? highlight.tokens) === null) return [];
  const there =
    spotlitCells(asked.trace, tickIn(asked, step.at), highlight) > 0 ||
    spotlitCells(answered.trace, tickIn(answered, lastMoment(step)), highlight) > 0;
  return there
    ? []
    : [{ line, message: 'highlight names heads or tokens that no such rank holds then' }];
}

/** Choices that the step's own words have just said: who reads them need not think. */
function givenAway({ ask, title, text, line }: LessonStep): LessonProblem[] {
  if (ask === null) return [];
  const said = normalized(`${title}. ${wordsOf(text)} ${ask.question}`);
  return ask.answer.choices
    .map(optionText)
    .filter((option) => option.includes(' ') && said.includes(normalized(option)))
    .map((option) => ({
      line,
      message: `“${option}” is one of the answers, and the step says it before it asks`,
    }));
}

function normalized(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ');
}

function unanswered(step: LessonStep, { asked, answered }: StepRuns): LessonProblem[] {
  const { ask, at, line } = step;
  if (ask === null) return [];
  const { answer } = ask;
  const after = lastMoment(step);
  const tick = tickIn(answered, after);
  const right = answer.valueIn(answered, tick);
  const tell = (message: string) => [{ line, message }];
  if (right === null) {
    return tell(`the run gives no answer for “${answer.phrase}” in that moment`);
  }
  if (answer.kind !== 'number' && answer.optionsIn(answered).length < 2) {
    return tell(`“${answer.phrase}” has no wrong answer: there is only one`);
  }
  if (asked.verdict !== null) {
    return tell(`a question cannot be asked at “${at.text}”: the ranks cannot stop there`);
  }
  if (tickIn(asked, at) >= tick) {
    const order = `it is asked at “${at.text}”, which is not before “${after.text}”`;
    return tell(`this question can be answered by looking: ${order}, where the answer is shown`);
  }
  if (isSeen(answer, right, asked)) {
    const there = `“${answer.phrase}” is ${printValue(right)} at “${at.text}” already`;
    return tell(`this question can be answered by looking: ${there}`);
  }
  return [];
}

/**
 * Whether ranks that stand at a question show its answer. That nothing is there yet is no answer, and
 * what is of one moment alone says nothing of another.
 */
function isSeen(answer: Fact, right: FactValue, { trace, ...asked }: LessonRun): boolean {
  const seen = answer.valueIn({ trace, ...asked }, trace.ticks - 1);
  if (seen === null || answer.passing || printValue(seen) === 'none') return false;
  return isRight(seen, right);
}

/** Claims of other cases and moments, each held to a run to its end. */
function untrueElsewhere(step: LessonStep, runOf: (wanted: Case) => LessonRun): LessonProblem[] {
  return step.elsewhere.flatMap(({ case: wanted, at, expect, line }) => {
    if (estimateBytes(wanted) > MOST_BYTES) return [{ line, message: tooLarge(wanted) }];
    const run = runOf(wanted);
    const tick = at.tickIn(run);
    if (tick !== null) return untrue(expect, run, tick);
    return [{ line, message: `at is “${at.text}”, and this run has no such moment` }];
  });
}

function tooLarge(wanted: Case): string {
  return `this case would hold ${mebibytes(estimateBytes(wanted))} MB; a lesson’s hold ${mebibytes(MOST_BYTES)} at most`;
}

function untrue(claims: readonly Claim[], answered: LessonRun, tick: number): LessonProblem[] {
  return claims.flatMap((claim) => {
    const found = claim.fact.valueIn(answered, tick);
    if (isTrue(claim, found)) return [];
    const { phrase } = claim.fact;
    const message = `“${phrase}” is said to be ${printValue(claim.value)}; the ranks say ${printValue(found)}`;
    return [{ line: claim.line, message }];
  });
}
