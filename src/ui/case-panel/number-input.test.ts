import { expect, it } from 'vitest';
import { stepped } from './number-input.tsx';

it.each([
  ['8', 1, '9'],
  ['8', -1, '7'],
  ['1', -1, null],
  ['', 1, '1'],
  ['', -1, '1'],
  ['4', -10, '1'],
  [' 12 ', 10, '22'],
  ['2.5', 1, null],
  ['-3', 1, null],
  ['many', 1, null],
])('steps %j by %i to %j', (text, by, next) => {
  expect(stepped(text, by, 1)).toBe(next);
});

it('counts from another least number', () => {
  expect(stepped('1', -1, 0)).toBe('0');
  expect(stepped('0', -1, 0)).toBeNull();
});
