import fc from 'fast-check';
import { DEFAULT_CASE, parseCase } from '../cases/case-input.ts';
import {
  type BatchDimIdx,
  CALLERS,
  type Caller,
  type Case,
  callsOf,
  FAULT_KINDS,
  KV_REPEATS,
  PROGRAMS,
  type ProgramName,
} from '../contract/case.ts';
import { SEQUENCE_ORDERS, SEQUENCE_SPLITS } from '../contract/sequence.ts';
import { findImplementation, IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import { withCaller } from '../published/caller.ts';
import { guardsOf } from '../published/implementation.ts';
import type { Recording } from '../recording/event.ts';
import type { StopAt } from '../recording/standstill.ts';
import { runWorld } from './world.ts';

/** Fields of a case, and whether its caller takes part. */
type Fields = Partial<Omit<Case, 'calls' | 'program' | 'caller'>> & {
  program?: ProgramName;
  caller?: Caller;
};

/**
 * For tests: the case of issue #6774 with some fields changed, and the calls that follow; with its
 * published caller, as a case of a named program is read, unless that is bypassed.
 */
export function caseWith({ caller = 'published', ...patch }: Fields): Case {
  const fields = { ...DEFAULT_CASE, ...patch };
  const kvHeads = patch.kvHeads ?? fields.heads;
  const program = patch.program ?? 'roundTrip';
  const bare = { ...fields, program, kvHeads, calls: callsOf(program, fields.heads, kvHeads) };
  return withCaller(bare, findImplementation(bare.implementation) ?? {}, caller);
}

/** For tests: that case, run in this thread; all of its calls, or the first few. */
export function runWith(patch: Parameters<typeof caseWith>[0], calls?: number): Recording {
  const wanted = caseWith(patch);
  return runOf({ ...wanted, calls: wanted.calls.slice(0, calls) });
}

/** For tests: a case, run in this thread; to its end, or as far as `until` says. */
export function runOf(wanted: Case, until: StopAt | null = null): Recording {
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error(`no ${wanted.implementation}`);
  return runWorld(wanted, implementation, { until });
}

/** For tests: ways to stop a run of a case: where something happens in it, or where nothing does. */
export function anyStopIn(wanted: Case): fc.Arbitrary<StopAt> {
  const happening = runOf(wanted).ranks.flatMap(({ events }) =>
    events.map((event) => (event.kind === 'local' ? event.name : event.kind)),
  );
  const last = fc.record({
    what: fc.constantFrom(null, 'attended', ...happening),
    count: fc.integer({ min: 1, max: 3 }),
  });
  return fc.record({ call: fc.nat(wanted.calls.length), last: fc.option(last, { freq: 6 }) });
}

/** Conditions that a case may have of its own, good and bad, some of which raise. */
const OWN_CONDITIONS = [
  'num_heads > 3',
  'num_heads % seq_world_size != 0 and scatter_idx == 2',
  'get_num_kv_heads() not in (None, 6)',
  'num_heads % (seq_world_size - 2)',
  'get_num_kv_heads() < num_heads',
  '2 ** -num_heads == 1',
  'True',
  'False',
];

const ownCondition = fc.constantFrom(...OWN_CONDITIONS);

/** The conditions of its own that go with an implementation. */
function rulesFor(id: string): fc.Arbitrary<Pick<Case, 'condition' | 'guards'>> {
  const implementation = findImplementation(id);
  const condition = implementation?.condition ?? null;
  const guards = guardsOf(implementation ?? {});
  return fc.record(
    {
      ...(condition === null ? {} : { condition: ownCondition }),
      ...(guards.length === 0
        ? {}
        : {
            guards: fc.dictionary(fc.constantFrom(...guards.map((one) => one.id)), ownCondition, {
              minKeys: 1,
            }),
          }),
    },
    { requiredKeys: [] },
  );
}

/**
 * For tests: any small case, good or bad: every implementation in every layout that it knows,
 * program, state, repeat, caller and fault, with and without conditions of its own.
 */
export const anyCase: fc.Arbitrary<Case> = fc
  .constantFrom(...IMPLEMENTATIONS)
  .chain(({ id, layouts }) =>
    fc.constantFrom(...layouts).chain((batchDimIdx) => anyCaseOf(id, batchDimIdx)),
  );

/** For tests: every implementation in every layout, whether it is written for it or not. */
export const IMPLEMENTATIONS_AND_LAYOUTS = IMPLEMENTATIONS.flatMap(({ id }) =>
  ([0, 1] as const).map((batchDimIdx) => [id, batchDimIdx] as const),
);

/** For tests: any small case, good or bad, of one implementation in one layout. */
export function anyCaseOf(implementation: string, batchDimIdx: BatchDimIdx): fc.Arbitrary<Case> {
  return fc
    .record(
      {
        program: fc.constantFrom(...PROGRAMS),
        sp: fc.integer({ min: 1, max: 6 }),
        batch: fc.integer({ min: 1, max: 2 }),
        seq: fc.integer({ min: 1, max: 12 }),
        heads: fc.integer({ min: 1, max: 14 }),
        kvHeads: fc.integer({ min: 1, max: 14 }),
        headDim: fc.integer({ min: 1, max: 2 }),
        numKvHeadsBefore: fc.option(fc.integer({ min: 1, max: 9 })),
        gatherIdx: fc.constantFrom<0 | 1>(0, 1),
        kvRepeat: fc.constantFrom(...KV_REPEATS),
        caller: fc.constantFrom(...CALLERS),
      },
      {
        requiredKeys: [
          'program',
          'sp',
          'batch',
          'seq',
          'heads',
          'kvHeads',
          'headDim',
          'numKvHeadsBefore',
        ],
      },
    )
    .chain((fields) =>
      rulesFor(implementation).map((rules) =>
        caseWith({ implementation, batchDimIdx, ...fields, ...rules }),
      ),
    )
    .chain(perhapsDealt)
    .chain(perhapsAtFault);
}

/** One case in five has its sequence dealt in a way of its own, as far as its code lets it. */
function perhapsDealt(usual: Case): fc.Arbitrary<Case> {
  const lengths = fc
    .array(fc.integer({ min: 0, max: 4 }), { minLength: usual.sp, maxLength: usual.sp })
    .map((list) => list.join(','));
  const dealt = fc
    .record({
      sequenceSplit: fc.option(fc.oneof(fc.constantFrom(...SEQUENCE_SPLITS), lengths)),
      sequenceOrder: fc.option(fc.constantFrom(...SEQUENCE_ORDERS)),
    })
    .map((dealing) => {
      const caller = usual.caller ?? 'bypassed';
      const parsed = parseCase({ ...usual, caller, ...dealing }, { anyLayout: true });
      return parsed.ok ? parsed.case : usual;
    });
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: dealt });
}

/** One case in four has a rank that fails. */
function perhapsAtFault(healthy: Case): fc.Arbitrary<Case> {
  const kinds = FAULT_KINDS.filter((kind) => healthy.sp > 1 || kind !== 'other-collective');
  const fault = fc.record({
    kind: fc.constantFrom(...kinds),
    rank: fc.integer({ min: 0, max: healthy.sp - 1 }),
    call: fc.integer({ min: 0, max: healthy.calls.length - 1 }),
  });
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(healthy) },
    { weight: 1, arbitrary: fault.map((struck) => ({ ...healthy, fault: struck })) },
  );
}
