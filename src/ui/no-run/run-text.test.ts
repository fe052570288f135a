import { expect, it } from 'vitest';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { sentence, silenceOf } from './run-text.ts';

it.each([
  [[2], 8, 'Rank 2 does not answer. It will be marked lost within 8 s.'],
  [[0, 3], 25, 'Ranks 0 and 3 do not answer. They will be marked lost within 25 s.'],
  [[0, 1, 2, 3], 5, 'No rank answers. They will be marked lost within 5 s.'],
])('says who does not answer: %j', (ranks, seconds, text) => {
  const silence = { ranks, seconds, starting: false };
  expect(silenceOf({ case: DEFAULT_CASE, status: { kind: 'running', silence } })).toBe(text);
});

it('tells ranks that never started from ranks that are lost', () => {
  const silence = { ranks: [0, 1, 2, 3], seconds: 100, starting: true };
  const text = silenceOf({ case: DEFAULT_CASE, status: { kind: 'running', silence } });
  expect(text).toContain('still loading');
  expect(text).not.toContain('lost');
});

it('says nothing of a run in which all answer, or that is over', () => {
  expect(silenceOf({ case: DEFAULT_CASE, status: { kind: 'running', silence: null } })).toBeNull();
  expect(silenceOf({ case: DEFAULT_CASE, status: { kind: 'done' } })).toBeNull();
});

it('makes a sentence of a message, once', () => {
  expect(sentence('no script')).toBe('no script.');
  expect(sentence('no script.')).toBe('no script.');
});
