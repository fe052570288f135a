import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FAULT_KINDS } from '../contract/case.ts';
import { anyCase } from './testing.ts';

it('generates healthy cases, and faults of every kind', () => {
  const cases = fc.sample(anyCase, 1000);
  const kinds = new Set(cases.map(({ fault }) => fault?.kind));
  expect(kinds).toEqual(new Set([undefined, ...FAULT_KINDS]));
});
