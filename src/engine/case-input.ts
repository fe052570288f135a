import * as v from 'valibot';
import { product, sum } from '../base/numbers.ts';
import { type Case, callsOf, PROGRAMS, type ProgramName } from './case.ts';
import { IMPLEMENTATIONS } from './implementations/index.ts';

/** What is wrong with a field of a case: what, where, and what is allowed. */
export interface CaseProblem {
  readonly field: string;
  readonly message: string;
}

export type ParsedCase =
  | { readonly ok: true; readonly case: Case }
  | { readonly ok: false; readonly problems: readonly CaseProblem[] };

/** The largest value of each size; the smallest is 1. */
export const LIMITS = {
  sp: 64,
  batch: 64,
  seq: 65_536,
  heads: 1024,
  kvHeads: 1024,
  headDim: 512,
  numKvHeadsBefore: 1024,
} as const;

/** Bytes that all ranks of a run may hold together. */
export const MAX_BYTES = 256 * 1024 * 1024;
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

/**
 * Reads a case that came from outside: a page, a file, a field. `calls` may be left out where
 * `program` is a known one, `kvHeads` where it equals `heads`, `numKvHeadsBefore` where none was
 * set; `expected` of a real run is passed over.
 */
export function parseCase(input: unknown): ParsedCase {
  const shape = v.safeParse(CASE, input);
  if (!shape.success) {
    return {
      ok: false,
      problems: shape.issues.map((issue) => ({
        field: v.getDotPath(issue)?.split('.')[0] ?? 'case',
        message: issue.message,
      })),
    };
  }
  const { expected: _, calls: given, program, ...fields } = shape.output;
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
  const parsed: Case = {
    ...fields,
    program,
    kvHeads,
    numKvHeadsBefore: fields.numKvHeadsBefore ?? null,
    calls,
  };
  const problem = callsProblem(parsed) ?? sizeProblem(parsed);
  return problem === null ? { ok: true, case: parsed } : { ok: false, problems: [problem] };
}

function isProgram(program: string): program is ProgramName {
  return (PROGRAMS as readonly string[]).includes(program);
}

/** A value as a sentence can quote it. */
function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** A whole number from 1 to `max`. */
function size(field: string, max: number) {
  const message = ({ input }: { input: unknown }) =>
    input === undefined || input === ''
      ? `${field} is missing; it must be a whole number from 1 to ${max}`
      : `${field} is ${shown(input)}; it must be a whole number from 1 to ${max}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(1, message),
    v.maxValue(max, message),
  );
}

const implementationIds = IMPLEMENTATIONS.map(({ id }) => id);

const CALL = v.variant(
  'pass',
  [
    v.strictObject({
      tensor: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
      heads: size('heads of a call', LIMITS.heads),
      pass: v.literal(1),
    }),
    v.strictObject({
      tensor: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
      heads: size('heads of a call', LIMITS.heads),
      pass: v.literal(2),
      to: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
    }),
  ],
  'each of calls must be {tensor, heads, pass: 1} or {tensor, heads, pass: 2, to}',
);

const CASE = v.strictObject(
  {
    implementation: v.picklist(
      implementationIds,
      ({ input }) =>
        `implementation is ${shown(input)}; allowed are ${implementationIds.join(', ')}`,
    ),
    program: v.optional(
      v.pipe(
        v.string('program must be a text'),
        v.minLength(1, 'program must not be empty'),
        v.maxLength(64, 'program must have at most 64 characters'),
      ),
      'roundTrip',
    ),
    sp: size('sp', LIMITS.sp),
    batch: size('batch', LIMITS.batch),
    seq: size('seq', LIMITS.seq),
    heads: size('heads', LIMITS.heads),
    kvHeads: v.optional(size('kvHeads', LIMITS.kvHeads)),
    headDim: size('headDim', LIMITS.headDim),
    batchDimIdx: v.picklist(
      [0, 1],
      ({ input }) =>
        `batchDimIdx is ${shown(input)}; allowed are 0 for [B, S, H, D] and 1 for [S, B, H, D]`,
    ),
    numKvHeadsBefore: v.optional(v.nullable(size('numKvHeadsBefore', LIMITS.numKvHeadsBefore))),
    calls: v.optional(
      v.pipe(
        v.array(CALL, 'calls must be a list'),
        v.minLength(1, 'calls is empty; at least one call is needed'),
        v.maxLength(MAX_CALLS, `calls is too long; at most ${MAX_CALLS} are allowed`),
      ),
    ),
    expected: v.optional(v.unknown()),
  },
  (issue) => {
    const field = v.getDotPath(issue);
    if (issue.expected === 'never') {
      return `${field} is no field of a case; allowed are ${FIELDS.join(', ')}`;
    }
    if (field !== null) return `${field} is missing; a case needs it`;
    return `a case must be an object with the fields ${FIELDS.join(', ')}`;
  },
);

const FIELDS: readonly string[] = [
  'implementation',
  'program',
  'sp',
  'batch',
  'seq',
  'heads',
  'kvHeads',
  'headDim',
  'batchDimIdx',
  'numKvHeadsBefore',
  'calls',
];

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

/** Copies of a tensor that one call leaves in a recording, at most: input, steps, pieces, output. */
const COPIES_PER_CALL = 7;

/** Bytes that all ranks hold together once the case has run. */
export function estimateBytes(c: Case): number {
  const elements = sum(c.calls.map(({ heads }) => product([c.batch, c.seq, heads, c.headDim])));
  return elements * Int32Array.BYTES_PER_ELEMENT * COPIES_PER_CALL;
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
  const fields = ['seq', 'headDim', 'batch'] as const;
  return fields.toSorted((a, b) => c[b] - c[a])[0] ?? 'seq';
}

function mebibytes(bytes: number): string {
  return Math.ceil(bytes / (1024 * 1024)).toLocaleString('en-US');
}
