import { FIELD_NAMES, type FieldName, fieldOf, inOrder } from '../cases/case-fields.ts';
import { type ParsedCase, parseCase } from '../cases/case-input.ts';
import type { CasePatch } from '../cases/case-option.ts';
import { printCalls, readCalls } from '../contract/calls-text.ts';
import { type Call, type Case, namedProgram } from '../contract/case.ts';
import { callerIn } from './caller-in.ts';
import { type Fields, printFields } from './link-text.ts';
import { LINK_VERSION } from './link-upgrades.ts';

/** The order in which a person would name a case's fields; others follow by the alphabet. */
const ORDER: readonly FieldName[] = [
  'implementation',
  'heads',
  'kvHeads',
  'sp',
  'batch',
  'seq',
  'headDim',
  'batchDimIdx',
  'program',
  'numKvHeadsBefore',
];
const IN_LINKS = inOrder(FIELD_NAMES.toSorted(), ORDER);

/** What a link need not say, by its field. */
const UNSAID: Fields = Object.fromEntries(
  FIELD_NAMES.flatMap((name) => {
    const { unsaid } = fieldOf(name);
    return unsaid === undefined ? [] : [[name, unsaid]];
  }),
);

/** A case as the fields of a link: only those that do not go without saying, in a lasting order. */
export function fieldsOfCase(wanted: Case): Fields {
  const { calls, caller: _, ...rest } = wanted;
  const unsaid: Fields = { ...UNSAID, kvHeads: wanted.heads };
  const values: Fields = rest;
  const said = IN_LINKS.flatMap((name) => {
    const value = values[name] ?? null;
    return value === null || value === unsaid[name] ? [] : [[name, value]];
  });
  const follows = namedProgram(wanted) !== null;
  const own = follows ? {} : { calls: printCalls(calls) };
  const caller = callerIn(wanted);
  const unusual = caller !== null && caller !== (follows ? 'published' : 'bypassed');
  return { ...Object.fromEntries(said), ...own, ...(unusual ? { caller } : {}) };
}

/** The link of a case as it is first looked at, without `#`. */
export function printCase(c: Case): string {
  return `v${LINK_VERSION}&${printFields(fieldsOfCase(c))}`;
}

/** Reads the fields of a link's case: everything is validated as any case from outside is. */
export function caseOfFields(fields: Fields): ParsedCase {
  return parseCase(fieldsOfLinkedCase(fields));
}

/** A link's fields with those that go without saying, and calls as a case has them. */
export function fieldsOfLinkedCase({ calls, ...fields }: Fields): Fields {
  return { ...UNSAID, ...fields, ...(calls === undefined ? {} : { calls: readCalls(calls) }) };
}

/** What differs in another case, as the fields of a link; and such fields as what differs. */
export function fieldsOfPatch({ calls, ...patch }: CasePatch): Fields {
  return isCalls(calls) ? { ...patch, calls: printCalls(calls) } : patch;
}

export function patchOfFields({ calls, ...fields }: Fields): CasePatch {
  return calls === undefined ? fields : { ...fields, calls: readCalls(calls) };
}

function isCalls(calls: unknown): calls is readonly Call[] {
  return Array.isArray(calls);
}
