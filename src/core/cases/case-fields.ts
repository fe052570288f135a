import * as v from 'valibot';
import {
  CALLERS,
  type Case,
  FAULT_KINDS,
  KV_REPEATS,
  MODEL_PROGRAM,
  PROGRAMS,
  type ProgramName,
} from '../contract/case.ts';
import { isSequenceSplit, SEQUENCE_ORDERS, SEQUENCE_SPLITS } from '../contract/sequence.ts';
import {
  expectedOrder,
  findImplementation,
  IMPLEMENTATIONS,
} from '../programs/implementations/index.ts';
import { callerOf } from '../published/caller.ts';
import { oneLine } from '../python/condition/one-line.ts';
import { LONGEST_CONDITION } from '../python/condition/parse.ts';
import { type CaseField, oneOf, oneOfOrNull, sizeOrNull } from './case-field.ts';
import {
  BOTH,
  type CaseOption,
  CHECK,
  numberFor,
  readCondition,
  readFault,
  readGuards,
  readImplementation,
  readLayout,
  readOwnCalls,
  readSequence,
  textFor,
} from './case-option.ts';
import { MOST_HEADS, SIZE_FIELDS } from './case-sizes.ts';

const IDS = IMPLEMENTATIONS.map(({ id }) => id);
const MOST_CALLS = 64;
const CALLED = v.pipe(v.string(), v.minLength(1), v.maxLength(32));
const HEADS = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_HEADS));
const CALL = v.variant('pass', [
  v.strictObject({ tensor: CALLED, heads: HEADS, pass: v.literal(1) }),
  v.strictObject({ tensor: CALLED, heads: HEADS, pass: v.literal(2), to: CALLED }),
]);
const FROM_ZERO = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One option for how the sequence is split and for its order. */
const SEQUENCE = {
  name: 'sequence',
  value: 'HOW',
  section: 'case',
  of: BOTH,
  says: `how the sequence is dealt to the ranks: ${SEQUENCE_SPLITS.join(', ')}, or a length for each rank as 5,3,4; and the order, ${SEQUENCE_ORDERS.join(', ')}: "pad balanced"`,
  read: readSequence,
} as const satisfies CaseOption;

/** "layerForward", or "layerForwardBackward (default)". */
const markedUsual = (name: ProgramName) => (name === MODEL_PROGRAM ? `${name} (default)` : name);

/** A code that packs its documents deals their tokens itself. */
const isDealt = (c: Case) => findImplementation(c.implementation)?.packed !== true;

/**
 * Every field of a case, once, in the order in which its JSON and its scripts name them: how it is read,
 * from a link and from the command line too, what it is called, and what is said of it. A field that is
 * missing here is a type error, and whoever lists fields takes them from here.
 */
export const CASE_FIELDS = {
  implementation: {
    allowed: `allowed are ${IDS.join(', ')}`,
    form: oneOf(IDS),
    label: 'Implementation',
    term: 'implementation',
    name: null,
    words: (c) => c.implementation,
    option: {
      name: 'implementation',
      value: 'NAME',
      section: 'code',
      of: BOTH,
      says: 'a release or an id of `rankscope list`: deepspeed==0.15.4, deepspeed-6392, verl',
      read: readImplementation,
    },
  },
  program: {
    allowed: 'it must be a text of 1 to 64 characters',
    form: (refused) =>
      v.optional(
        v.pipe(v.string(refused), v.minLength(1, refused), v.maxLength(64, refused)),
        'roundTrip',
      ),
    unsaid: 'roundTrip',
    label: 'Runs',
    term: 'program',
    name: 'program',
    words: (c) => c.program,
    option: {
      name: 'program',
      value: 'NAME',
      section: 'case',
      of: BOTH,
      says: `${PROGRAMS.map(markedUsual).join(', ')}`.replace(/, (?=\w+$)/, ' or '),
      otherwise: MODEL_PROGRAM,
      read: textFor('program'),
    },
  },
  ...SIZE_FIELDS,
  batchDimIdx: {
    allowed: 'allowed are 0 for [B, S, H, D] and 1 for [S, B, H, D]',
    form: oneOf([0, 1]),
    unsaid: 0,
    label: 'Layout',
    term: 'layout',
    name: 'batch dimension',
    beside: 'batch dimension (0 or 1)',
    words: (c) => (c.batchDimIdx === 0 ? 'batch first' : 'sequence first'),
    option: {
      name: 'layout',
      value: 'bshd|sbhd',
      section: 'case',
      of: BOTH,
      says: 'batch first or sequence first; bshd by default',
      otherwise: 0,
      read: readLayout,
    },
  },
  numKvHeadsBefore: {
    ...sizeOrNull(MOST_HEADS),
    label: 'Head count before',
    term: 'head-count',
    name: 'head count before',
    beside: 'a head count left behind',
    words: (c) =>
      c.numKvHeadsBefore === null ? null : `a head count of ${c.numKvHeadsBefore} left behind`,
    option: {
      name: 'head-count-before',
      value: 'N',
      section: 'case',
      of: BOTH,
      says: 'process-wide head count that is set before the first call',
      read: numberFor('numKvHeadsBefore'),
    },
  },
  calls: {
    allowed: `it must be a list of 1 to ${MOST_CALLS} calls, each {tensor, heads, pass: 1} or {tensor, heads, pass: 2, to}`,
    form: () => v.optional(v.pipe(v.array(CALL), v.minLength(1), v.maxLength(MOST_CALLS))),
    label: null,
    name: null,
    words: () => null,
    option: {
      name: 'calls',
      value: 'LIST',
      section: 'case',
      of: CHECK,
      says: 'calls in place of a program: "q:8,q:8:o" is pass 1 of q with 8 heads, then pass 2 into o',
      read: readOwnCalls,
    },
  },
  gatherIdx: {
    allowed: 'allowed are 0 and 1, or null for the dimension of the sequence',
    form: oneOfOrNull([0, 1]),
    label: 'Gather index of pass 1',
    term: 'gather-index',
    name: 'gather index',
    beside: 'gather index of pass 1',
    words: (c) => (c.gatherIdx === undefined ? null : `gather_idx ${c.gatherIdx}`),
    option: {
      name: 'gather-idx',
      value: '0|1',
      section: 'code',
      of: BOTH,
      says: 'gather_idx of pass 1; the dimension of the sequence by default',
      read: numberFor('gatherIdx'),
    },
  },
  kvRepeat: {
    allowed: `allowed are ${KV_REPEATS.join(', ')}, or null for none`,
    form: oneOfOrNull(KV_REPEATS),
    label: 'KV heads repeated',
    term: 'kv-head',
    name: 'KV repeat',
    beside: 'KV heads repeated (in-place or tile)',
    words: (c) => (c.kvRepeat === undefined ? null : `KV heads repeated (${c.kvRepeat})`),
    option: {
      name: 'kv-repeat',
      value: KV_REPEATS.join('|'),
      section: 'code',
      of: BOTH,
      says: 'how the caller repeats key/value heads where there are fewer than ranks',
      read: textFor('kvRepeat'),
    },
  },
  sequenceSplit: {
    allowed: `allowed are ${SEQUENCE_SPLITS.join(', ')}, a length for each rank as 5,3,4, or null for nearly-equal`,
    form: (refused) =>
      v.nullish(
        v.pipe(
          v.union([v.string(), v.pipe(v.array(v.number()), v.transform(String))], refused),
          v.transform((text) => text.replaceAll(' ', '')),
          v.check(isSequenceSplit, refused),
        ),
      ),
    label: 'Sequence split',
    term: 'chunk',
    applies: isDealt,
    name: 'dealt',
    told: (c) => c.sequenceSplit ?? 'nearly-equal',
    beside: 'how the sequence is split (a name or 5,3,4)',
    words: (c) => (c.sequenceSplit === undefined ? null : `sequence split ${c.sequenceSplit}`),
    option: SEQUENCE,
  },
  sequenceOrder: {
    allowed: `allowed are ${SEQUENCE_ORDERS.join(', ')}, or null for that which the code expects`,
    form: oneOfOrNull(SEQUENCE_ORDERS),
    label: 'Sequence order',
    applies: isDealt,
    name: 'in order',
    told: (c) => c.sequenceOrder ?? expectedOrder(c),
    beside: 'order of the sequence on the ranks',
    words: (c) => (c.sequenceOrder === undefined ? null : `${c.sequenceOrder} order`),
    option: SEQUENCE,
  },
  caller: {
    allowed: `allowed are ${CALLERS.join(', ')}, or null for what goes without saying: published, and bypassed for a list of calls`,
    form: oneOfOrNull(CALLERS),
    label: 'Caller',
    applies: (c) => callerOf(c, findImplementation(c.implementation) ?? {}) !== null,
    name: 'caller',
    told: (c) => c.caller ?? 'bypassed',
    beside: 'caller (published or bypassed)',
    words: (c) => (c.caller === undefined ? null : 'with its published caller'),
    option: {
      name: 'caller',
      value: CALLERS.join('|'),
      section: 'code',
      of: BOTH,
      says: 'whether the published callers take part, with their guards and their repeat of key/value heads; published by default, bypassed with --calls',
      read: textFor('caller'),
    },
  },
  condition: {
    allowed: `it must be a text of 1 to ${LONGEST_CONDITION} characters, or null for the published one`,
    form: (refused) => v.nullish(v.string(refused)),
    label: null,
    name: 'condition',
    told: (c) => c.condition ?? 'as published',
    words: (c) => (c.condition === undefined ? null : `condition ${oneLine(c.condition)}`),
    option: {
      name: 'condition',
      value: '"…"',
      section: 'code',
      of: BOTH,
      says: 'Python that replaces the published condition; a pasted `if …:` line will do',
      read: readCondition,
    },
  },
  guards: {
    allowed: `it must be {id: condition} with a text of 1 to ${LONGEST_CONDITION} characters for each guard that is replaced, or null`,
    form: () => v.nullish(v.record(v.string(), v.string())),
    label: null,
    name: 'guards',
    told: (c) => (c.guards ? Object.values(c.guards).join('; ') : 'as published'),
    words: ({ guards = {} }) =>
      Object.entries(guards)
        .map(([id, guard]) => `guard ${id}: ${oneLine(guard)}`)
        .join(', ') || null,
    option: {
      name: 'guard',
      multiple: true,
      value: 'ID="…"',
      section: 'code',
      of: BOTH,
      says: 'Python that replaces a published assertion; may be given several times',
      read: readGuards,
    },
  },
  fault: {
    allowed: `it must be {kind, rank, call} with a kind of ${FAULT_KINDS.join(', ')}, or null`,
    form: () =>
      v.nullish(
        v.strictObject({ kind: v.picklist(FAULT_KINDS), rank: FROM_ZERO, call: FROM_ZERO }),
      ),
    label: 'A rank that fails',
    term: 'fault',
    name: 'fault',
    told: ({ fault }) => (fault ? `${fault.kind} on rank ${fault.rank}` : 'none'),
    words: ({ fault }) =>
      fault === undefined ? null : `fault: rank ${fault.rank} ${fault.kind} in call ${fault.call}`,
    option: {
      name: 'fault',
      value: 'KIND:RANK:CALL',
      section: 'case',
      of: CHECK,
      says: 'make one rank fail in one call, both counted from 0: raises-in:2:1',
      read: readFault,
    },
  },
} as const satisfies { readonly [Field in keyof Case]-?: CaseField };

export type FieldName = keyof typeof CASE_FIELDS;

/** Every field, in the order of the table. */
export const FIELD_NAMES = Object.keys(CASE_FIELDS) as readonly FieldName[];

export function isFieldName(name: string | null): name is FieldName {
  return name !== null && Object.hasOwn(CASE_FIELDS, name);
}

/** What is known of a field, whichever it is. */
export function fieldOf(name: FieldName): CaseField {
  return CASE_FIELDS[name];
}

/** The fields with those that `first` names in front, in its order; the others as they come. */
export function inOrder(
  names: readonly FieldName[],
  first: readonly FieldName[],
): readonly FieldName[] {
  return [...first, ...names.filter((name) => !first.includes(name))].filter((name) =>
    names.includes(name),
  );
}
