import { safeParse } from 'valibot';
import { assert, at } from '../../base/assert.ts';
import { quoted } from '../../base/quoted.ts';
import {
  type BatchDimIdx,
  type Case,
  callsOf,
  endsWorker,
  MOST_OWN_WORKERS,
  PROGRAMS,
  type ProgramName,
} from '../contract/case.ts';
import { type SequenceOrder, sequenceProblem } from '../contract/sequence.ts';
import { findImplementation } from '../programs/implementations/index.ts';
import { withCaller } from '../published/caller.ts';
import type { Implementation } from '../published/implementation.ts';
import { CASE, type CaseProblem, problemOf } from './case-form.ts';
import { ruleOf } from './case-rule.ts';
import { bytesOfExchanges, estimateBytes, MAX_BYTES, mebibytes, mostRanks } from './memory.ts';

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
  const shape = safeParse(CASE, Array.isArray(input) ? null : input);
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
    sequenceSplit,
    sequenceOrder,
    caller,
    fault,
    condition,
    guards,
    numKvHeadsBefore = null,
    ...rest
  } = shape.output;
  const fields = withoutNulls(rest);
  const kvHeads = fields.kvHeads ?? fields.heads;
  const calls = given ?? (isProgram(program) ? callsOf(program, fields.heads, kvHeads) : null);
  if (calls === null) {
    return {
      ok: false,
      problems: [
        {
          field: 'program',
          message: `program is ${quoted(program)}; allowed are ${PROGRAMS.join(', ')}, or any label together with a list of calls`,
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
    numKvHeadsBefore,
    calls,
    ...withoutNulls({ gatherIdx }),
    ...dealtAs(sequenceSplit ?? null, sequenceOrder ?? null, code),
    ...rule,
    ...withoutNulls({ fault }),
  };
  const unsaid = given === undefined ? 'published' : 'bypassed';
  const parsed = withCaller(bare, code, caller ?? unsaid);
  const problem =
    dealingProblem(parsed, code) ??
    callsProblem(parsed) ??
    faultProblem(parsed) ??
    sizeProblem(parsed);
  if (problem !== null) return { ok: false, problems: [problem] };
  return { ok: true, case: parsed, ...(known ? {} : { note: layoutNote(code) }) };
}

type WithoutNulls<T> = { [Name in keyof T]?: NonNullable<T[Name]> } & {
  [Name in keyof T as undefined extends T[Name]
    ? never
    : null extends T[Name]
      ? never
      : Name]: T[Name];
};

/** What is said of the fields: null is what goes without saying, and is left out. */
function withoutNulls<T extends object>(fields: T): WithoutNulls<T> {
  const said = Object.entries(fields).filter(([, value]) => value != null);
  return Object.fromEntries(said) as WithoutNulls<T>;
}

/**
 * How the sequence is dealt, said once: what goes without saying is left out, and a split names the
 * order that it cuts.
 */
function dealtAs(
  split: string | null,
  order: SequenceOrder | null,
  code: Implementation,
): Pick<Case, 'sequenceSplit' | 'sequenceOrder'> {
  const said = split === 'nearly-equal' ? null : split;
  if (said !== null) return { sequenceSplit: said, sequenceOrder: order ?? code.order };
  return order === null || order === code.order ? {} : { sequenceOrder: order };
}

function dealingProblem(c: Case, { packed, title }: Implementation): CaseProblem | null {
  const isSaid = c.sequenceSplit !== undefined || c.sequenceOrder !== undefined;
  const message =
    packed === true && isSaid
      ? `sequenceSplit: ${title} packs its documents and deals all their tokens nearly-equal, contiguous`
      : sequenceProblem(c);
  return message === null ? null : { field: 'sequenceSplit', message };
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

function isProgram(program: string): program is ProgramName {
  return (PROGRAMS as readonly string[]).includes(program);
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
  const size =
    `this case would hold about ${mebibytes(bytes)} MB on its ranks; ` +
    `the limit is ${mebibytes(MAX_BYTES)} MB.`;
  if (bytesOfExchanges(c) <= MAX_BYTES) {
    const message = `${size} A shorter sequence or a smaller head dim shows the same.`;
    return { field: largestField(c), message };
  }
  const most = mostRanks(c);
  return most > 0
    ? { field: 'sp', message: `sp is ${c.sp}; ${size} At most ${most} ranks fit.` }
    : { field: 'calls', message: `calls has ${c.calls.length} calls; ${size} Fewer calls fit.` };
}

/** The field that a person would make smaller first: it does not change what is decided. */
function largestField(c: Case): string {
  const fields = ['seq', 'headDim', 'batch'] as const;
  return fields.toSorted((a, b) => c[b] - c[a])[0] ?? 'seq';
}
