import { describe, expect, it } from 'vitest';
import { FIELD_NAMES, type FieldName } from '../cases/case-fields.ts';
import { type ParsedCase, parseCase } from '../cases/case-input.ts';
import { sameCase } from '../cases/same-case.ts';
import { type Case, PROGRAMS } from '../contract/case.ts';
import { EVERY_FIELD, OTHER_VALUES } from '../world/testing-fields.ts';
import { caseOfFields, fieldsOfCase, fieldsOfPatch, patchOfFields } from './case-fields.ts';
import { caseWithPatch, differencesOf } from './case-patch.ts';
import { type Fields, printFields, readFields } from './link-text.ts';

function good(parsed: ParsedCase): Case {
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join());
  return parsed.case;
}

/** The same fields after they stood in a link. */
function linked(fields: Fields): Fields {
  const read = readFields(printFields(fields));
  if (!read.ok) throw new Error(read.message);
  return read.fields;
}

const otherIn = (name: FieldName) =>
  good(caseWithPatch(EVERY_FIELD, { [name]: OTHER_VALUES[name].value }));

describe.each(FIELD_NAMES)('the field %s', (name) => {
  const other = otherIn(name);

  it('is found where it differs, and only there', () => {
    expect(sameCase(EVERY_FIELD, other)).toBe(false);
    expect(Object.keys(differencesOf(EVERY_FIELD, other))).toContain(name);
    expect(
      differencesOf(other, good(parseCase({ ...other, caller: other.caller ?? 'bypassed' }))),
    ).toEqual({});
  });

  it('goes through a link, as a case and as what differs', () => {
    expect(caseOfFields(linked(fieldsOfCase(other)))).toEqual({ ok: true, case: other });
    const patch = patchOfFields(linked(fieldsOfPatch(differencesOf(EVERY_FIELD, other))));
    expect(caseWithPatch(EVERY_FIELD, patch)).toEqual({ ok: true, case: other });
  });

  it('is refused by its name, with what is allowed', () => {
    const parsed = parseCase({ ...EVERY_FIELD, [name]: Symbol(name) });
    if (parsed.ok) throw new Error(`${name} may be anything`);
    expect(parsed.problems[0]?.field).toBe(name);
    expect(parsed.problems[0]?.message).toMatch(new RegExp(`^${name} is a symbol; `));
  });
});

it('does not mind in which order a record names what it holds', () => {
  const guards = { 'more-heads-than-ranks': 'True', 'padding-fits': 'False' };
  const turned = Object.fromEntries(Object.entries(guards).toReversed());
  expect(sameCase({ ...EVERY_FIELD, guards }, { ...EVERY_FIELD, guards: turned })).toBe(true);
  for (const program of PROGRAMS) {
    expect(sameCase({ ...EVERY_FIELD, program }, { ...EVERY_FIELD, program })).toBe(true);
  }
});
