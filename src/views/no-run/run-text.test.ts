import { expect, it } from 'vitest';
import { DEFAULT_CASE } from '../../engine/case-input.ts';
import { sentence, silenceOf } from './run-text.ts';

it.each([
  [[2], 8, 'Rank 2 does not answer. In 8 s at the latest it counts as lost.'],
  [[0, 3], 25, 'Ranks 0 and 3 do not answer. In 25 s at the latest they count as lost.'],
  [[0, 1, 2, 3], 5, 'No rank answers. In 5 s at the latest they count as lost.'],
])('says who does not answer: %j', (ranks, seconds, text) => {
  const silence = { ranks, seconds };
  expect(silenceOf({ case: DEFAULT_CASE, status: { kind: 'running', silence } })).toBe(text);
});

it('says nothing of a run in which all answer, or that is over', () => {
  expect(silenceOf({ case: DEFAULT_CASE, status: { kind: 'running', silence: null } })).toBeNull();
  expect(silenceOf({ case: DEFAULT_CASE, status: { kind: 'done' } })).toBeNull();
});

it('makes a sentence of a message, once', () => {
  expect(sentence('no script')).toBe('no script.');
  expect(sentence('no script.')).toBe('no script.');
});
