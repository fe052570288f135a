import { type Call, type Case, namedProgram } from '../engine/case.ts';
import { type ParsedCase, parseCase } from '../engine/case-input.ts';
import { callerIn } from './caller-in.ts';
import { printCalls } from './calls-text.ts';
import type { CasePatch } from './case-patch.ts';
import { type Fields, printFields } from './link-text.ts';
import { LINK_VERSION } from './link-upgrades.ts';

/** The order in which a person would name a case's fields; others follow by the alphabet. */
const ORDER: readonly string[] = [
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
] satisfies (keyof Case)[];

/** What a link need not say. The form's version promises these: to change one is a new version. */
const UNSAID = { batch: 1, batchDimIdx: 0, program: 'roundTrip' } as const;

/** A case as the fields of a link: only those that do not go without saying, in a lasting order. */
export function fieldsOfCase(wanted: Case): Fields {
  const { calls, caller: _, ...rest } = wanted;
  const unsaid: Fields = { ...UNSAID, kvHeads: wanted.heads };
  const said = Object.entries(rest).filter(
    ([name, value]) => value !== null && value !== undefined && value !== unsaid[name],
  );
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const sorted = said.toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
  const follows = namedProgram(wanted) !== null;
  const own = follows ? {} : { calls: printCalls(calls) };
  const caller = callerIn(wanted);
  const unusual = caller !== null && caller !== (follows ? 'published' : 'bypassed');
  return { ...Object.fromEntries(sorted), ...own, ...(unusual ? { caller } : {}) };
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

/** Reads "q:8,q:8:o"; what is no such text is handed on, to be refused by name. */
export function readCalls(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.split(',').map((text) => {
    const [tensor, heads, to, ...more] = text.split(':');
    if (heads === undefined || more.length > 0) return text;
    const count = Number(heads);
    return to === undefined
      ? { tensor, heads: count, pass: 1 }
      : { tensor, heads: count, pass: 2, to };
  });
}
