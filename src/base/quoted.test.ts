import { expect, it } from 'vitest';
import { quoted, shortened, WHOLE } from './quoted.ts';

it.each([
  [undefined, 'missing'],
  [Number.NaN, 'NaN'],
  [8n, 'the BigInt 8n'],
  [() => 4, 'a function'],
  ['a "b"', '"a \\"b\\""'],
  [[1, null], '[1,null]'],
])('quotes %o as %s', (value, text) => {
  expect(quoted(value)).toBe(text);
});

it('quotes as much as a sentence has room for', () => {
  expect(shortened('x'.repeat(40))).toBe('x'.repeat(40));
  expect(shortened('x'.repeat(41))).toBe(`${'x'.repeat(40)}…`);
  expect(quoted('x'.repeat(99), WHOLE)).toHaveLength(101);
});
