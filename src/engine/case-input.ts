import * as v from 'valibot';
import { assert, at } from '../base/assert.ts';
import { withCaller } from './caller.ts';
import {
  type BatchDimIdx,
  CALLERS,
  type Case,
  callsOf,
  endsWorker,
  FAULT_KINDS,
  KV_REPEATS,
  MOST_OWN_WORKERS,
  PROGRAMS,
  type ProgramName,
} from './case.ts';
import { ruleOf } from './case-rule.ts';
import { LONGEST_CONDITION } from './condition/parse.ts';
import type { Implementation } from './implementation.ts';
import { findImplementation, IMPLEMENTATIONS } from './implementations/index.ts';
import { estimateBytes, MAX_BYTES, mebibytes, pairBytes } from './memory.ts';

/** What is wrong with a field of a case: what, where, and what is allowed. */
export interface CaseProblem {
  readonly field: string;
  readonly message: string;
}

/** What a case has in the place of what was said: in which field, and why. */
export interface CaseNote {
  readonly field: string;
  readonly message: string;
}

export type ParsedCase =
  | {
      readonly ok: true;
      readonly case: Case;
      /** What of the input was taken otherwise than it was said. */
      readonly note?: CaseNote;
    }
  | { readonly ok: false; readonly problems: readonly CaseProblem[] };

/** The largest value of each size; the smallest is 1. */
export const LIMITS = {
  sp: 1024,
  batch: 64,
  seq: 65_536,
  heads: 1024,
  kvHeads: 1024,
  headDim: 512,
  numKvHeadsBefore: 1024,
} as const;

const MAX_CALLS = 64;

/** DeepSpeed issue #6774, the case that Rankscope began with. */
export const DEFAULT_CASE: Case = {
  implementation: 'deepspeed-6392',
  program: 'roundTrip',
  sp: 4,
  batch: 1,
  seq: 8,
  heads: 8,
  kvHeads: 8,
  headDim: 2,
  batchDimIdx: 0,
  numKvHeadsBefore: null,
  calls: callsOf('roundTrip', 8, 8),
};

/** How a case from outside is read. */
export interface CaseReading {
  /**
   * Whether it is taken in a layout that its code does not know: only so that what was recorded then
   * is read as it was.
   */
  readonly anyLayout?: boolean;
}

/**
 * Reads a case that came from outside: a page, a file, a field. `calls` may be left out where
 * `program` is a known one, `kvHeads` where it equals `heads`, `numKvHeadsBefore` where none was
 * set; `expected` of a real run is passed over. A named program runs with its published caller unless
 * it is bypassed, a list of calls runs without unless it asks for it. A code that knows one layout is
 * run in that: it is a property of the code, and a note says so.
 */
export function parseCase(input: unknown, { anyLayout = false }: CaseReading = {}): ParsedCase {
  const shape = v.safeParse(CASE, Array.isArray(input) ? null : input);
  if (!shape.success) {
    return {
      ok: false,
      problems: shape.issues.map(problemOf),
    };
  }
  const {
    expected: _,
    calls: given,
    program,
    gatherIdx: gathered,
    kvRepeat,
    caller,
    fault,
    condition,
    guards,
    ...fields
  } = shape.output;
  const kvHeads = fields.kvHeads ?? fields.heads;
  const calls = given ?? (isProgram(program) ? callsOf(program, fields.heads, kvHeads) : null);
  if (calls === null) {
    return {
      ok: false,
      problems: [
        {
          field: 'program',
          message: `program is ${shown(program)}; allowed are ${PROGRAMS.join(', ')}, or any label together with a list of calls`,
        },
      ],
    };
  }
  const rule = ruleOf(fields.implementation, condition ?? undefined, guards ?? {});
  if ('problem' in rule) return { ok: false, problems: [rule.problem] };
  const { implementation } = fields;
  const code = findImplementation(implementation);
  assert(code !== undefined, 'the implementation is one of the catalogue');
  const known = anyLayout || code.layouts.includes(fields.batchDimIdx);
  const batchDimIdx = known ? fields.batchDimIdx : at(code.layouts, 0);
  // The sequence stands elsewhere in the other layout: right stays right, wrong stays wrong.
  const gatherIdx = known || gathered == null ? gathered : turned(gathered);
  const bare: Case = {
    ...fields,
    batchDimIdx,
    program,
    kvHeads,
    numKvHeadsBefore: fields.numKvHeadsBefore ?? null,
    calls,
    ...(gatherIdx == null ? {} : { gatherIdx }),
    ...(kvRepeat == null ? {} : { kvRepeat }),
    ...rule,
    ...(fault == null ? {} : { fault }),
  };
  const unsaid = given === undefined ? 'published' : 'bypassed';
  const parsed = withCaller(bare, code, caller ?? unsaid);
  const problem = callsProblem(parsed) ?? faultProblem(parsed) ?? sizeProblem(parsed);
  if (problem !== null) return { ok: false, problems: [problem] };
  return { ok: true, case: parsed, ...(known ? {} : { note: layoutNote(code) }) };
}

function turned(dimension: 0 | 1): 0 | 1 {
  return dimension === 0 ? 1 : 0;
}

function layoutNote(code: Implementation): CaseNote {
  return { field: 'batchDimIdx', message: `${onlyLayout(code)}, and is run in that.` };
}

/** Why a code that knows one layout is offered no other: "DeepSpeed ALST knows [S, B, H, D] only" */
export function onlyLayout({ title, layouts }: Pick<Implementation, 'title' | 'layouts'>): string {
  return `${title} knows ${LAYOUT_NAMES[at(layouts, 0)]} only`;
}

/** The layouts as shapes of the global tensor. */
const LAYOUT_NAMES: Readonly<Record<BatchDimIdx, string>> = {
  0: '[B, S, H, D]',
  1: '[S, B, H, D]',
};

function problemOf(issue: v.BaseIssue<unknown>): CaseProblem {
  const [field = 'case', ...rest] = v.getDotPath(issue)?.split('.') ?? [];
  if (field === 'fault' && (rest[0] === 'rank' || rest[0] === 'call')) {
    const value = issue.input === '' ? 'missing' : shown(issue.input);
    return { field, message: `${rest[0]} of the fault is ${value}; ${COUNTED_FROM_ZERO}` };
  }
  if (field === 'fault' || field === 'guards')
    return { field, message: refusal(field, issue.input) };
  if (field !== 'calls') return { field, message: issue.message };
  const place = rest.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
  return {
    field,
    message: `calls${place} is ${shown(issue.input)}; ${ALLOWED.calls.replace(/^it/, 'calls')}`,
  };
}

function isProgram(program: string): program is ProgramName {
  return (PROGRAMS as readonly string[]).includes(program);
}

/** A value as a sentence can quote it. */
function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return 'missing';
  const text = written(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** As JSON, where it can be; what JSON has no form for (8n, a cycle, what refuses to be read) is named. */
function written(value: unknown): string {
  if (typeof value === 'bigint') return `the BigInt ${value}n`;
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`;
  } catch {
    return 'an object that cannot be written as JSON';
  }
}

const implementationIds = IMPLEMENTATIONS.map(({ id }) => id);

/** What each field may be. */
const ALLOWED = {
  implementation: `allowed are ${implementationIds.join(', ')}`,
  program: 'it must be a text of 1 to 64 characters',
  sp: sizeUpTo(LIMITS.sp),
  batch: sizeUpTo(LIMITS.batch),
  seq: sizeUpTo(LIMITS.seq),
  heads: sizeUpTo(LIMITS.heads),
  kvHeads: sizeUpTo(LIMITS.kvHeads),
  headDim: sizeUpTo(LIMITS.headDim),
  batchDimIdx: 'allowed are 0 for [B, S, H, D] and 1 for [S, B, H, D]',
  numKvHeadsBefore: `${sizeUpTo(LIMITS.numKvHeadsBefore)}, or null`,
  gatherIdx: 'allowed are 0 and 1, or null for the dimension of the sequence',
  kvRepeat: `allowed are ${KV_REPEATS.join(', ')}, or null for none`,
  caller: `allowed are ${CALLERS.join(', ')}, or null for what goes without saying: published, and bypassed for a list of calls`,
  condition: `it must be a text of 1 to ${LONGEST_CONDITION} characters, or null for the published one`,
  guards: `it must be {id: condition} with a text of 1 to ${LONGEST_CONDITION} characters for each guard that is replaced, or null`,
  fault: `it must be {kind, rank, call} with a kind of ${FAULT_KINDS.join(', ')}, or null`,
  calls: `it must be a list of 1 to ${MAX_CALLS} calls, each {tensor, heads, pass: 1} or {tensor, heads, pass: 2, to}`,
} as const;
type Field = keyof typeof ALLOWED;

const COUNTED_FROM_ZERO = 'it must be a whole number, 0 for the first';

function sizeUpTo(max: number): string {
  return `it must be a whole number from 1 to ${max}`;
}

/** "sp is 0; it must be a whole number from 1 to 1024" */
function refusal(field: Field, value: unknown): string {
  const blank = value === undefined || value === '';
  return `${field} is ${blank ? 'missing' : shown(value)}; ${ALLOWED[field]}`;
}

function size(field: Field & keyof typeof LIMITS) {
  const message = ({ input }: { input: unknown }) => refusal(field, input);
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(1, message),
    v.maxValue(LIMITS[field], message),
  );
}

const NAME = v.pipe(v.string(), v.minLength(1), v.maxLength(32));
const HEADS = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.heads));
const CALL = v.variant('pass', [
  v.strictObject({ tensor: NAME, heads: HEADS, pass: v.literal(1) }),
  v.strictObject({ tensor: NAME, heads: HEADS, pass: v.literal(2), to: NAME }),
]);

const FAULT = v.strictObject({
  kind: v.picklist(FAULT_KINDS),
  rank: v.pipe(v.number(), v.integer(), v.minValue(0)),
  call: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const CASE = v.strictObject(
  {
    implementation: v.picklist(implementationIds, ({ input }) => refusal('implementation', input)),
    program: v.optional(
      v.pipe(
        v.string(({ input }) => refusal('program', input)),
        v.minLength(1, ({ input }) => refusal('program', input)),
        v.maxLength(64, ({ input }) => refusal('program', input)),
      ),
      'roundTrip',
    ),
    sp: size('sp'),
    batch: size('batch'),
    seq: size('seq'),
    heads: size('heads'),
    kvHeads: v.optional(size('kvHeads')),
    headDim: size('headDim'),
    batchDimIdx: v.picklist([0, 1], ({ input }) => refusal('batchDimIdx', input)),
    numKvHeadsBefore: v.optional(v.nullable(size('numKvHeadsBefore'))),
    gatherIdx: v.nullish(v.picklist([0, 1], ({ input }) => refusal('gatherIdx', input))),
    kvRepeat: v.nullish(v.picklist(KV_REPEATS, ({ input }) => refusal('kvRepeat', input))),
    caller: v.nullish(v.picklist(CALLERS, ({ input }) => refusal('caller', input))),
    condition: v.nullish(v.string(({ input }) => refusal('condition', input))),
    guards: v.nullish(v.record(v.string(), v.string())),
    fault: v.nullish(FAULT),
    calls: v.optional(v.pipe(v.array(CALL), v.minLength(1), v.maxLength(MAX_CALLS))),
    expected: v.optional(v.unknown()),
  },
  (issue) => {
    const field = v.getDotPath(issue);
    if (issue.expected === 'never') {
      return `${field} is no field of a case; allowed are ${FIELDS.join(', ')}`;
    }
    if (isField(field)) return refusal(field, undefined);
    return `a case must be an object with the fields ${FIELDS.join(', ')}`;
  },
);

const FIELDS = Object.keys(ALLOWED);

function isField(name: string | null): name is Field {
  return name !== null && name in ALLOWED;
}

/** Pass 2 needs what a pass 1 left, with as many heads. */
function callsProblem({ calls }: Case): CaseProblem | null {
  for (const [index, call] of calls.entries()) {
    if (call.pass === 1) continue;
    const there = calls
      .slice(0, index)
      .findLast((one) => one.pass === 1 && one.tensor === call.tensor);
    if (there === undefined) {
      return {
        field: 'calls',
        message: `calls[${index}] is pass 2 of "${call.tensor}", but no pass 1 of it stands before`,
      };
    }
    if (there.heads !== call.heads) {
      return {
        field: 'calls',
        message: `calls[${index}] says ${call.heads} heads for "${call.tensor}"; its pass 1 says ${there.heads}`,
      };
    }
  }
  return null;
}

/** A fault must strike a rank and a call that are there; the end of a Worker, one with one rank. */
function faultProblem({ fault, sp, calls }: Case): CaseProblem | null {
  if (fault === undefined) return null;
  const { kind, rank, call } = fault;
  const said = (message: string) => ({ field: 'fault', message });
  if (rank >= sp) return said(`fault strikes rank ${rank}; the ranks are 0 to ${sp - 1}`);
  if (call >= calls.length) {
    return said(`fault strikes call ${call}; the calls are 0 to ${calls.length - 1}`);
  }
  if (endsWorker(kind) && sp > MOST_OWN_WORKERS) {
    return said(`fault ${kind} needs a Worker for each rank: at most ${MOST_OWN_WORKERS} ranks`);
  }
  if (kind === 'other-collective' && sp === 1) {
    return said(`fault ${kind} needs other ranks: 1 rank is in no other collective than itself`);
  }
  return null;
}

function sizeProblem(c: Case): CaseProblem | null {
  const bytes = estimateBytes(c);
  if (bytes <= MAX_BYTES) return null;
  return {
    field: largestField(c),
    message:
      `this case would hold about ${mebibytes(bytes)} MB on its ranks; the limit is ` +
      `${mebibytes(MAX_BYTES)} MB. A shorter sequence or a smaller head dim shows the same.`,
  };
}

/** The field that a person would make smaller first: it does not change what is decided. */
function largestField(c: Case): string {
  if (pairBytes(c) > MAX_BYTES) return 'sp';
  const fields = ['seq', 'headDim', 'batch'] as const;
  return fields.toSorted((a, b) => c[b] - c[a])[0] ?? 'seq';
}
