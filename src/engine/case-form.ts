import * as v from 'valibot';
import { CALLERS, FAULT_KINDS, KV_REPEATS } from './case.ts';
import { LONGEST_CONDITION } from './condition/parse.ts';
import { IMPLEMENTATIONS } from './implementations/index.ts';
import { isSequenceSplit, SEQUENCE_ORDERS, SEQUENCE_SPLITS } from './sequence.ts';

/** What is wrong with a field of a case: what, where, and what is allowed. */
export interface CaseProblem {
  readonly field: string;
  readonly message: string;
}

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

/** A value as a sentence can quote it. */
export function shown(value: unknown): string {
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
  sequenceSplit: `allowed are ${SEQUENCE_SPLITS.join(', ')}, a length for each rank as 5,3,4, or null for nearly-equal`,
  sequenceOrder: `allowed are ${SEQUENCE_ORDERS.join(', ')}, or null for that which the code expects`,
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

/** A case as it comes from outside, each field by itself. */
export const CASE = v.strictObject(
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
    sequenceSplit: v.nullish(
      v.pipe(
        v.union([v.string(), v.pipe(v.array(v.number()), v.transform(String))], ({ input }) =>
          refusal('sequenceSplit', input),
        ),
        v.transform((text) => text.replaceAll(' ', '')),
        v.check(isSequenceSplit, ({ input }) => refusal('sequenceSplit', input)),
      ),
    ),
    sequenceOrder: v.nullish(
      v.picklist(SEQUENCE_ORDERS, ({ input }) => refusal('sequenceOrder', input)),
    ),
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

/** What the form says of a field, in a sentence. */
export function problemOf(issue: v.BaseIssue<unknown>): CaseProblem {
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
