import { assert } from '../base/assert.ts';
import type { Case } from '../engine/case.ts';
import { judge } from '../engine/checks/index.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { estimateBytes, mebibytes } from '../engine/memory.ts';
import { runWorld } from '../engine/world.ts';
import { mergeTrace } from '../trace/trace.ts';
import { isTrue, printValue } from './fact.ts';
import { type Lesson, type LessonProblem, type LessonStep, lastMoment } from './lesson.ts';
import type { LessonRun } from './lesson-run.ts';
import { shinesOnStage } from './spotlight.ts';
import { spotlitCells } from './spotlit-cells.ts';
import { WHEN_EXAMPLES, type When } from './when.ts';

/** A lesson's cases are run while its file is being read: they are to be small. */
const MOST_BYTES = 16 * 2 ** 20;

/**
 * Runs a lesson in this thread and holds it to what the ranks do: that each moment is there, that
 * what stands out is, that each question has an answer and a wrong one, that each claim is true.
 */
export function checkLesson({ steps }: Lesson): LessonProblem[] {
  const runs = new Map<string, LessonRun>();
  return steps.flatMap((step) => {
    const bytes = estimateBytes(step.case);
    if (bytes > MOST_BYTES) {
      const message = `this case would hold ${mebibytes(bytes)} MB; a lesson’s hold ${mebibytes(MOST_BYTES)} at most`;
      return [{ line: step.line, message }];
    }
    const key = JSON.stringify(step.case);
    const run = runs.get(key) ?? runInThread(step.case);
    runs.set(key, run);
    return problemsOf(step, run);
  });
}

/** A case, run in this thread and judged. */
export function runInThread(wanted: Case): LessonRun {
  const implementation = findImplementation(wanted.implementation);
  assert(implementation !== undefined, 'only known implementations are run');
  const recording = runWorld(wanted, implementation);
  return { trace: mergeTrace(recording), ...judge(recording) };
}

function problemsOf(step: LessonStep, run: LessonRun): LessonProblem[] {
  const { line } = step;
  const missing = (['from', 'at', 'after'] as const).flatMap((name) => {
    const when: When | null = step[name];
    if (when === null || when.tickIn(run) !== null) return [];
    return [
      {
        line,
        message: `${name} is “${when.text}”, and this run has no such moment; moments are ${WHEN_EXAMPLES}`,
      },
    ];
  });
  const tick = lastMoment(step).tickIn(run);
  if (missing.length > 0 || tick === null) return missing;
  return [...unseen(step, run), ...unanswered(step, run, tick), ...untrue(step, run, tick)];
}

/** What should stand out, and is not there in any moment of the step. */
function unseen(step: LessonStep, run: LessonRun): LessonProblem[] {
  const { highlight, line } = step;
  const strangers = (highlight.ranks ?? []).filter((rank) => rank >= step.case.sp);
  if (strangers.length > 0) {
    return [
      { line, message: `highlight names rank ${printValue(strangers)}; there are ${step.case.sp}` },
    ];
  }
  if (!shinesOnStage(highlight) || (highlight.heads ?? highlight.tokens) === null) return [];
  const ticks = [step.at, lastMoment(step)].map((when) => when.tickIn(run));
  const there = ticks.some((one) => one !== null && spotlitCells(run.trace, one, highlight) > 0);
  return there
    ? []
    : [{ line, message: 'highlight names heads or tokens that no such rank holds then' }];
}

function unanswered({ ask, line }: LessonStep, run: LessonRun, tick: number): LessonProblem[] {
  if (ask === null) return [];
  const { answer } = ask;
  const right = answer.valueIn(run, tick);
  if (right === null) {
    return [{ line, message: `the run gives no answer for “${answer.phrase}” in that moment` }];
  }
  const options = answer.optionsIn(run);
  if (answer.kind !== 'number' && options.length < 2) {
    return [{ line, message: `“${answer.phrase}” has no wrong answer: there is only one` }];
  }
  return [];
}

function untrue({ expect }: LessonStep, run: LessonRun, tick: number): LessonProblem[] {
  return expect.flatMap((claim) => {
    const found = claim.fact.valueIn(run, tick);
    if (isTrue(claim, found)) return [];
    const { phrase } = claim.fact;
    const message = `“${phrase}” is said to be ${printValue(claim.value)}; the ranks say ${printValue(found)}`;
    return [{ line: claim.line, message }];
  });
}
