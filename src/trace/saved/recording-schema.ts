import * as v from 'valibot';
import { LIMITS } from '../../core/cases/case-form.ts';
import type { CollectiveInfo, RankEvent, TensorRef } from '../../core/recording/event.ts';
import { LOCAL_OPERATIONS } from '../../core/tensor/tensor.ts';
import type { EventOf } from '../event-kind.ts';
import { EVENT_KIND_NAMES } from '../event-kinds.ts';

/**
 * The form of everything that a rank can leave behind, for recordings that come from outside. What
 * the parts mean to one another is asked in `recording-check.ts`. It stands apart from what else is
 * known of a kind of event, as a page that reads no file needs none of it.
 */

/** The longest condition, exception or problem that a rank tells of, in letters. */
const LONGEST = 20_000;
const MOST_DIMS = 12;
const MOST_PARTS = 5000;

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TEXT = v.pipe(v.string(), v.maxLength(LONGEST));
const HEAD_COUNT = v.nullable(v.pipe(COUNT, v.maxValue(LIMITS.numKvHeadsBefore)));
const RANK = v.pipe(COUNT, v.maxValue(LIMITS.sp - 1));

/** A list of whole numbers; one schema for the whole, as there may be a million of them. */
function numbers(expected: string, holds: (value: number) => boolean) {
  return v.custom<readonly number[]>(
    (list) => Array.isArray(list) && list.every((one) => Number.isSafeInteger(one) && holds(one)),
    ({ received }) => `Invalid type: Expected ${expected} but received ${received}`,
  );
}

const COUNTS = numbers('counts', (value) => value >= 0);
const INTEGERS = numbers('whole numbers', () => true);
const SHAPE = v.pipe(
  COUNTS,
  v.check((shape) => shape.length <= MOST_DIMS, `Expected at most ${MOST_DIMS} dimensions`),
);

const TENSOR = v.strictObject({
  storage: COUNT,
  shape: SHAPE,
  strides: SHAPE,
  offset: COUNT,
}) satisfies v.GenericSchema<unknown, TensorRef>;
const TENSORS = v.array(TENSOR);

const COLLECTIVE_KIND = v.picklist(['all_to_all_single', 'all_to_all', 'all_gather']);
const COLLECTIVE = v.variant('kind', [
  v.strictObject({
    kind: v.literal('all_to_all_single'),
    input: SHAPE,
    output: SHAPE,
    inputSplits: v.nullable(COUNTS),
    outputSplits: v.nullable(COUNTS),
  }),
  v.strictObject({
    kind: v.literal('all_to_all'),
    inputs: v.array(SHAPE),
    outputs: v.array(SHAPE),
  }),
  v.strictObject({ kind: v.literal('all_gather'), value: v.pipe(v.number(), v.safeInteger()) }),
]) satisfies v.GenericSchema<unknown, CollectiveInfo>;

const SPAN = { from: COUNT, to: COUNT };
const PARTS = v.pipe(
  v.array(
    v.strictObject({
      ...SPAN,
      kind: v.picklist([
        'literal',
        'name',
        'not',
        'negative',
        'positive',
        'and',
        'or',
        'arithmetic',
        'comparison',
      ]),
      value: v.nullable(v.union([v.pipe(v.number(), v.finite()), v.boolean()])),
    }),
  ),
  v.maxLength(MOST_PARTS),
);
const EVALUATION = v.strictObject({ truth: v.boolean(), parts: PARTS });
const STUMBLE = v.strictObject({ condition: TEXT, at: v.strictObject(SPAN), parts: PARTS });

/** The lines that made an event: "deepspeed-6392:17 uneven-layer:23". */
const SOURCE = v.exactOptional(
  v.pipe(v.string(), v.maxLength(1000), v.regex(/^[\w-]+:\d{1,6}(?: [\w-]+:\d{1,6})*$/)),
);

/** A schema for each field of an event. */
type FormOf<E extends RankEvent> = {
  readonly [Field in Exclude<keyof E, 'kind' | 'source'>]-?: v.GenericSchema<unknown, E[Field]>;
};

/** How the fields of each kind of event are read. */
const FORMS = {
  called: { call: COUNT, input: TENSOR, numKvHeads: HEAD_COUNT },
  local: {
    name: v.picklist(LOCAL_OPERATIONS),
    args: INTEGERS,
    inputs: TENSORS,
    outputs: TENSORS,
    moved: v.boolean(),
  },
  decided: { condition: TEXT, evaluation: EVALUATION, branch: v.picklist(['even', 'uneven']) },
  guarded: { guard: TEXT, condition: TEXT, evaluation: EVALUATION, held: v.boolean() },
  remembered: { before: HEAD_COUNT, after: COUNT },
  offered: { collective: COLLECTIVE, inputs: TENSORS, sends: COUNTS, expects: COUNTS },
  received: { outputs: TENSORS },
  attended: {
    query: TENSOR,
    problem: v.nullable(TEXT),
    full: v.instance(Float64Array),
    causal: v.instance(Float64Array),
  },
  returned: { output: TENSOR },
  raised: { error: TEXT, message: TEXT, stumble: v.exactOptional(STUMBLE) },
  mismatched: {
    count: COUNT,
    pairs: v.array(
      v.strictObject({ source: RANK, destination: RANK, sent: COUNT, expected: COUNT }),
    ),
  },
  abandoned: { by: v.array(RANK) },
  astray: { collectives: v.array(COLLECTIVE_KIND) },
  lost: { how: v.picklist(['terminates', 'loops', 'unknown']) },
} as const satisfies { readonly [K in RankEvent['kind']]: FormOf<EventOf<K>> };

/** Every kind of event, and nothing beside its fields. */
export const RANK_EVENT = v.variant(
  'kind',
  EVENT_KIND_NAMES.map((kind) =>
    v.strictObject({ source: SOURCE, kind: v.literal(kind), ...FORMS[kind] }),
  ),
) as v.GenericSchema<unknown, RankEvent>;
