import { describe, expect, it } from 'vitest';
import { assert, at } from '../../base/assert.ts';
import { assess, differenceText, hasSecondTry, hintText, rightAnswer } from './answer.ts';
import { LESSONS } from './built-in.ts';
import { isRight, readFact } from './fact.ts';

describe('an answer', () => {
  it.each([
    { given: [5, 4], grade: 'right', hit: [4, 5], missing: [], extra: [] },
    { given: [4], grade: 'partly', hit: [4], missing: [5], extra: [] },
    { given: [4, 5, 6], grade: 'partly', hit: [4, 5], missing: [], extra: [6] },
    { given: [6, 7], grade: 'wrong', hit: [], missing: [4, 5], extra: [6, 7] },
    { given: [], grade: 'wrong', hit: [], missing: [4, 5], extra: [] },
  ])('$given for 4 and 5 is $grade', ({ given, ...expected }) => {
    expect(assess(given, [4, 5])).toEqual(expected);
  });

  const heads = readFact('heads on rank 2');
  assert(heads !== null, 'it is a fact');

  it('that is partly right is told as what it is', () => {
    expect(differenceText(heads, [4], [4, 5])).toBe('Head 4 is right, head 5 is missing.');
    expect(differenceText(heads, [4, 6], [4, 5])).toBe(
      'Head 4 is right, head 5 is missing, head 6 is wrong.',
    );
  });

  it('is not given away before the second try', () => {
    for (const given of [[4], [4, 6], [6], []]) {
      expect(hintText(heads, given, [4, 5])).not.toContain('5');
    }
  });

  it('of every built-in question is known, is right, and leaves a second try with more than two choices', () => {
    for (const step of LESSONS.flatMap(({ steps }) => steps)) {
      if (step.ask === null) continue;
      const right = rightAnswer(step);
      expect(isRight(right, right), step.title).toBe(true);
      expect(hasSecondTry(step, right), step.title).toBe(false);
      const { choices, kind } = step.ask.answer;
      const wrong = kind === 'number' ? -1 : kind === 'choice' ? at(choices, 0) : [99];
      if (right === wrong) continue;
      expect(hasSecondTry(step, wrong), step.title).toBe(choices.length !== 2);
    }
  });
});
