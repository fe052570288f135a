import { expect, it } from 'vitest';
import { printCase } from '../../core/case-text/case-fields.ts';
import { caseWithPatch } from '../../core/case-text/case-patch.ts';
import { FIELD_NAMES, fieldOf } from '../../core/cases/case-fields.ts';
import { EVERY_FIELD, OTHER_VALUES } from '../../core/world/testing-fields.ts';
import { caseFrom } from './case-options.ts';
import { readOptions } from './options.ts';

const read = (...options: readonly string[]) =>
  caseFrom(readOptions(['--case', printCase(EVERY_FIELD), ...options]).values).case;

it.each(FIELD_NAMES)('an option says the field %s', (name) => {
  const { value, option } = OTHER_VALUES[name];
  const wanted = caseWithPatch(EVERY_FIELD, { [name]: value });
  if (!wanted.ok) throw new Error(wanted.problems[0]?.message);
  expect(read(`--${fieldOf(name).option.name}`, option)[name]).toEqual(wanted.case[name]);
});

it('without an option a case stays as it is', () => {
  expect(read()).toEqual(EVERY_FIELD);
});
