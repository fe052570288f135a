import { describe, expect, it } from 'vitest';
import { LESSONS } from './built-in.ts';
import { checkLesson } from './check-lesson.ts';
import { isRight } from './fact.ts';
import { lastMoment } from './lesson.ts';
import { reachOf } from './reach.ts';
import { STEP_COUNT } from './read-lesson.ts';
import { runInThread } from './run-in-thread.ts';

describe('the built-in lessons', () => {
  it('are twelve, each with a name of its own', () => {
    expect(LESSONS).toHaveLength(12);
    expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(12);
  });

  it.each(LESSONS)('$id is true on real ranks, step by step', (lesson) => {
    expect(checkLesson(lesson)).toEqual([]);
    expect(lesson.steps.length).toBeGreaterThanOrEqual(STEP_COUNT.fewest);
    expect(lesson.steps.length).toBeLessThanOrEqual(STEP_COUNT.most);
    expect(lesson.steps.filter(({ ask }) => ask !== null).length).toBeGreaterThan(0);
  });

  it('stop their ranks in the moment of each question, and not a step further', () => {
    for (const { steps } of LESSONS) {
      for (const [index, step] of steps.entries()) {
        if (step.ask === null) continue;
        const stopped = runInThread(
          step.case,
          reachOf(steps, index, () => false),
        );
        const tick = step.at.tickIn(stopped);
        expect(tick, step.title).toBe(stopped.trace.ticks - 1);
        expect(tick, step.title).toBe(step.at.tickIn(runInThread(step.case)));
      }
    }
  });

  it('ask nothing to which every answer is right', () => {
    for (const { steps } of LESSONS) {
      for (const step of steps) {
        if (step.ask === null) continue;
        const run = runInThread(step.case);
        const tick = lastMoment(step).tickIn(run);
        if (tick === null) throw new Error(`no ${lastMoment(step).text}`);
        const { answer } = step.ask;
        const right = answer.valueIn(run, tick);
        if (right === null) throw new Error(`no answer to ${step.ask.question}`);
        const others = answer.optionsIn(run);
        const wrong =
          others.length === 0
            ? [-1]
            : others.map((one) => (answer.kind === 'choice' ? one : [Number(one)]));
        expect(
          wrong.some((one) => !isRight(one, right)),
          step.ask.question,
        ).toBe(true);
      }
    }
  });
});
