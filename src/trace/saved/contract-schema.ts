import * as v from 'valibot';
import { LIMITS } from '../../core/cases/case-form.ts';
import type { Contract } from '../../core/contract/contract.ts';
import type { Layout, Spread } from '../../core/contract/layout.ts';
import { isSequenceSplit, SEQUENCE_ORDERS } from '../../core/contract/sequence.ts';

/** The form of what a recording says was asked of its ranks, for recordings that come from outside. */

const TEXT = v.pipe(v.string(), v.maxLength(300));
const NAME = v.pipe(v.string(), v.minLength(1), v.maxLength(32));
const MOST_CALLS = 64;

function size(most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
}

const TIMES = size(LIMITS.sp);
const CALL = { tensor: NAME, heads: size(LIMITS.heads), times: TIMES };

const SPREAD = v.variant('kind', [
  v.strictObject({
    kind: v.literal('whole'),
    length: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 * LIMITS.seq)),
    times: TIMES,
  }),
  v.strictObject({
    kind: v.literal('split'),
    split: v.exactOptional(v.pipe(v.string(), v.maxLength(10_000), v.check(isSequenceSplit))),
    order: v.picklist(SEQUENCE_ORDERS),
  }),
  v.strictObject({
    kind: v.literal('held'),
    order: v.picklist(['contiguous', 'strided']),
    times: TIMES,
  }),
]) satisfies v.GenericSchema<unknown, Spread>;

const LAYOUT = v.strictObject({
  axes: v.union([
    v.strictTuple([v.literal('B'), v.literal('S'), v.literal('H'), v.literal('D')]),
    v.strictTuple([v.literal('S'), v.literal('B'), v.literal('H'), v.literal('D')]),
    v.strictTuple([v.literal('T'), v.literal('H'), v.literal('D')]),
  ]),
  spread: v.strictObject({
    B: v.exactOptional(SPREAD),
    S: v.exactOptional(SPREAD),
    H: v.exactOptional(SPREAD),
    D: v.exactOptional(SPREAD),
    T: v.exactOptional(SPREAD),
  }),
}) satisfies v.GenericSchema<unknown, Layout>;

export const CONTRACT = v.strictObject({
  title: TEXT,
  counts: TEXT,
  scope: TEXT,
  sp: size(LIMITS.sp),
  batch: size(LIMITS.batch),
  seq: size(LIMITS.seq),
  positions: size(2 * LIMITS.seq),
  headDim: size(LIMITS.headDim),
  calls: v.pipe(
    v.array(
      v.variant('pass', [
        v.strictObject({ ...CALL, pass: v.literal(1) }),
        v.strictObject({ ...CALL, pass: v.literal(2), to: NAME }),
      ]),
    ),
    v.minLength(1),
    v.maxLength(MOST_CALLS),
  ),
  noun: v.picklist(['layer', 'model']),
  before: LAYOUT,
  between: LAYOUT,
  headCount: v.nullable(v.picklist(['process', 'layer'])),
  decides: v.boolean(),
}) satisfies v.GenericSchema<unknown, Contract>;
