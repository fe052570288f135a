import * as v from 'valibot';
import { quoted } from '../../base/quoted.ts';
import { CASE_FIELDS, FIELD_NAMES, type FieldName, isFieldName } from './case-fields.ts';

/** What is wrong with a field of a case: what, where, and what is allowed. */
export interface CaseProblem {
  readonly field: string;
  readonly message: string;
}

type Table = typeof CASE_FIELDS;
type SizeName = {
  [Name in FieldName]: Table[Name] extends { readonly most: number } ? Name : never;
}[FieldName];

/** The largest value of each size; the smallest is 1. */
export const LIMITS = Object.fromEntries(
  Object.entries(CASE_FIELDS).flatMap(([name, field]) =>
    'most' in field ? [[name, field.most]] : [],
  ),
) as Readonly<Record<SizeName, number>>;

/** How each field is read. */
const FORMS = Object.fromEntries(
  FIELD_NAMES.map((name) => [name, CASE_FIELDS[name].form(({ input }) => refusal(name, input))]),
) as { readonly [Name in FieldName]: ReturnType<Table[Name]['form']> };

const COUNTED_FROM_ZERO = 'it must be a whole number, 0 for the first';

/** "sp is 0; it must be a whole number from 1 to 1024" */
function refusal(field: FieldName, value: unknown): string {
  return `${field} is ${value === '' ? 'missing' : quoted(value)}; ${CASE_FIELDS[field].allowed}`;
}

/** A case as it comes from outside, each field by itself. */
export const CASE = v.strictObject({ ...FORMS, expected: v.optional(v.unknown()) }, (issue) => {
  const field = v.getDotPath(issue);
  if (issue.expected === 'never') {
    return `${field} is no field of a case; allowed are ${FIELD_NAMES.join(', ')}`;
  }
  if (isFieldName(field)) return refusal(field, undefined);
  return `a case must be an object with the fields ${FIELD_NAMES.join(', ')}`;
});

/** What the form says of a field, in a sentence. */
export function problemOf(issue: v.BaseIssue<unknown>): CaseProblem {
  const [field = 'case', ...rest] = v.getDotPath(issue)?.split('.') ?? [];
  if (field === 'fault' && (rest[0] === 'rank' || rest[0] === 'call')) {
    const value = issue.input === '' ? 'missing' : quoted(issue.input);
    return { field, message: `${rest[0]} of the fault is ${value}; ${COUNTED_FROM_ZERO}` };
  }
  if (field === 'fault' || field === 'guards')
    return { field, message: refusal(field, issue.input) };
  if (field !== 'calls') return { field, message: issue.message };
  const place = rest.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
  const allowed = CASE_FIELDS.calls.allowed.replace(/^it/, 'calls');
  return { field, message: `calls${place} is ${quoted(issue.input)}; ${allowed}` };
}
