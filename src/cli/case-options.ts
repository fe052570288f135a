import { at } from '../base/assert.ts';
import { readCalls } from '../case-text/case-fields.ts';
import { type CasePatch, caseWithPatch } from '../case-text/case-patch.ts';
import { readCaseText } from '../case-text/read-case.ts';
import { type Case, FAULT_KINDS, MODEL_PROGRAM } from '../engine/case.ts';
import { type ParsedCase, parseCase } from '../engine/case-input.ts';
import { parseHunk } from '../engine/condition/hunk.ts';
import type { LayerKind } from '../engine/models/model.ts';
import { readModelConfig } from '../engine/models/read-config.ts';
import { findRelease } from '../engine/release-name.ts';
import { isSequenceSplit, SEQUENCE_ORDERS, SEQUENCE_SPLITS } from '../engine/sequence.ts';
import type { OptionName } from './option-table.ts';
import { numberOf, type Options } from './options.ts';
import { readCaseInput, readText } from './read-input.ts';
import { UsageError } from './usage.ts';

/** A case, and the file that it came from, where one was named. */
export interface CaseOfOptions {
  readonly case: Case;
  readonly file: string | null;
  /** What of the case was taken otherwise than it was said, in a sentence. */
  readonly note: string | null;
}

/** What a case has where neither an option nor a file says otherwise. */
const DEFAULTS = { program: MODEL_PROGRAM, batch: 1, batchDimIdx: 0, headDim: 2 } as const;

/**
 * The case that the options of `check` describe.
 * @throws UsageError naming the option or the field that is wrong, and what is allowed
 */
export function caseFrom(
  values: Options,
): CaseOfOptions & { readonly kinds: readonly LayerKind[] } {
  const kinds = kindsFrom(values);
  const patch = patchFrom(values, kinds);
  const base = baseFrom(values);
  if (base !== null) {
    const parsed = changed(base.case, patch);
    return { ...base, case: checked(parsed), note: noteOf(parsed, patch) ?? base.note, kinds };
  }
  if (patch.heads === undefined) {
    throw new UsageError('--case, --config or --heads is missing: how many heads has the model?');
  }
  if (patch.sp === undefined) throw new UsageError('--sp is missing: how many ranks are there?');
  requireImplementation(patch);
  const seq = 2 * Number(patch.sp);
  const file = values.config ?? null;
  const parsed = parseCase({ ...DEFAULTS, seq, ...patch });
  return { case: checked(parsed), file, note: noteOf(parsed, patch), kinds };
}

/** What the cells of a map have in common, as a case; and what it says of key/value heads. */
export interface MapOfOptions extends CaseOfOptions {
  /** The key/value heads of every cell; null where they keep their ratio to the query heads. */
  readonly kvHeads: number | null;
}

/** The same for `map`, whose cells have their own heads and ranks. @throws UsageError */
export function mapCaseFrom(values: Options): MapOfOptions {
  const patch = patchFrom(values, kindsFrom(values));
  const base = baseFrom(values);
  const { kvHeads: given, ...rest } = patch;
  const isFixed = given !== undefined && patch.heads === undefined;
  const kvHeads = isFixed ? Number(given) : null;
  if (base !== null) {
    return { ...base, case: checked(changed(base.case, isFixed ? rest : patch)), kvHeads };
  }
  requireImplementation(patch);
  const heads = patch.heads ?? 1;
  const small = { heads, kvHeads: isFixed ? heads : (given ?? heads), sp: 1, seq: 2, headDim: 2 };
  const parsed = parseCase({ ...DEFAULTS, ...rest, ...small });
  if (isFixed) checked(parseCase({ ...DEFAULTS, ...rest, ...small, kvHeads: given }));
  return { case: checked(parsed), file: values.config ?? null, note: null, kvHeads };
}

function requireImplementation({ implementation }: CasePatch): void {
  if (implementation !== undefined) return;
  throw new UsageError('--implementation is missing: `rankscope list` names them');
}

/** The case of `--case`, null where it is not given. @throws UsageError */
function baseFrom(values: Options): CaseOfOptions | null {
  const { case: given, line } = values;
  if (given === undefined) {
    if (line !== undefined) throw new UsageError('--line belongs to --case, which is missing');
    return null;
  }
  const { name, text, file } = readCaseInput(given);
  const read = readCaseText(text, numberOf(values, 'line') ?? null);
  if (!read.ok) throw new UsageError(`${name}: ${read.message}`);
  const parsed = parseCase(read.fields);
  if (parsed.ok) return { case: parsed.case, file, note: parsed.note?.message ?? null };
  throw new UsageError(parsed.problems.map(({ message }) => `${name}: ${message}`).join('\n'));
}

/** What a case was taken for instead, where a person said it. */
function noteOf(parsed: ParsedCase, patch: CasePatch): string | null {
  if (!parsed.ok || parsed.note === undefined) return null;
  return patch.batchDimIdx === undefined ? null : parsed.note.message;
}

/** A case with what the options change of it. */
function changed(own: Case, patch: CasePatch): ParsedCase {
  if (Object.keys(patch).length === 0) return { ok: true, case: own };
  const { calls: _, ...withoutCalls } = own;
  // A named program brings its own calls.
  const isNamed = patch.program !== undefined && patch.calls === undefined;
  const alike =
    patch.heads !== undefined && patch.kvHeads === undefined && own.kvHeads === own.heads;
  const whole = { ...patch, ...(alike ? { kvHeads: patch.heads } : {}) };
  return isNamed ? parseCase({ ...withoutCalls, ...whole }) : caseWithPatch(own, whole);
}

/** What the options say of a case, field by field. @throws UsageError */
function patchFrom(values: Options, kinds: readonly LayerKind[]): CasePatch {
  const { condition, fault, implementation } = values;
  const fields: CasePatch = {
    implementation: implementation === undefined ? undefined : implementationId(implementation),
    program: values.program ?? (values.calls === undefined ? undefined : 'own calls'),
    ...headsFrom(values, kinds),
    sp: numberOf(values, 'sp'),
    batch: numberOf(values, 'batch'),
    seq: numberOf(values, 'seq'),
    headDim: numberOf(values, 'head-dim'),
    batchDimIdx: layoutFrom(values.layout),
    numKvHeadsBefore: numberOf(values, 'head-count-before'),
    calls: values.calls === undefined ? undefined : readCalls(values.calls),
    gatherIdx: numberOf(values, 'gather-idx'),
    kvRepeat: values['kv-repeat'],
    ...sequenceFrom(values.sequence),
    caller: values.caller,
    condition: condition === undefined ? undefined : (parseHunk(condition)?.after ?? condition),
    guards: guardsFrom(values.guard),
    fault: fault === undefined ? undefined : faultFrom(fault),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function headsFrom(values: Options, kinds: readonly LayerKind[]): CasePatch {
  const [first] = kinds;
  if (first !== undefined) return { heads: first.heads, kvHeads: first.kvHeads };
  return { heads: numberOf(values, 'heads'), kvHeads: numberOf(values, 'kv-heads') };
}

/** The kinds of layer of the model that `--config` names; none where it is not given. @throws UsageError */
function kindsFrom(values: Options): readonly LayerKind[] {
  const { config } = values;
  if (config === undefined) return [];
  if (values.heads !== undefined || values['kv-heads'] !== undefined) {
    throw new UsageError('--config says the head counts; leave --heads and --kv-heads out');
  }
  const read = readModelConfig(readText(config, 'a model’s config.json'), config);
  if (!read.ok) throw new UsageError(`${config}: ${read.message}`);
  const { kinds } = read.model;
  return values.program === 'twoModels' ? pairsOf(kinds) : kinds;
}

/** The kinds that are two models; where there are none, the first taken for such. */
function pairsOf(kinds: readonly LayerKind[]): readonly LayerKind[] {
  const pairs = kinds.filter(({ program }) => program === 'twoModels');
  return pairs.length > 0 ? pairs : [{ ...at(kinds, 0), program: 'twoModels' }];
}

/** The id of the implementation that a person names, by id or release. @throws UsageError */
function implementationId(name: string): string {
  const found = findRelease(name);
  if (!found.ok) throw new UsageError(`--implementation: ${found.message}`);
  return found.implementation.id;
}

function layoutFrom(name: string | undefined): 0 | 1 | undefined {
  switch (name) {
    case undefined:
      return undefined;
    case 'bshd':
      return 0;
    case 'sbhd':
      return 1;
    default:
      throw new UsageError(`--layout is "${name}"; allowed are bshd and sbhd`);
  }
}

/** "pad balanced" as the fields of a case: a way to split, an order, or both. @throws UsageError */
function sequenceFrom(text: string | undefined): CasePatch {
  if (text === undefined) return {};
  const words = text.trim().split(/\s+/);
  const order = SEQUENCE_ORDERS.find((one) => words.includes(one));
  const splits = words.filter((word) => word !== order);
  const [split] = splits;
  if (splits.length > 1 || (split !== undefined && !isSequenceSplit(split))) {
    throw new UsageError(
      `--sequence is "${text}"; allowed are ${SEQUENCE_SPLITS.join(', ')} or a length for each rank (5,3,4), and an order of ${SEQUENCE_ORDERS.join(', ')}`,
    );
  }
  return { sequenceSplit: split, sequenceOrder: order };
}

function guardsFrom(given: readonly string[] | undefined): Record<string, string> | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    given.map((text): [string, string] => {
      const equals = text.indexOf('=');
      if (equals < 1) throw new UsageError(`--guard is "${text}"; it must be ID="condition"`);
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

function faultFrom(text: string) {
  const [kind = '', rank, call, ...more] = text.split(':');
  const isKind = FAULT_KINDS.some((one) => one === kind);
  const isNumber = (letters: string | undefined) => /^\d{1,6}$/.test(letters ?? '');
  if (!isKind || !isNumber(rank) || !isNumber(call) || more.length > 0) {
    throw new UsageError(
      `--fault is "${text}"; it must be KIND:RANK:CALL, both counted from 0, with a kind of ${FAULT_KINDS.join(', ')}`,
    );
  }
  return { kind, rank: Number(rank), call: Number(call) };
}

function checked(parsed: ParsedCase): Case {
  if (parsed.ok) return parsed.case;
  // A sentence about a case begins with the field, where a person gave an option.
  const named = ({ message }: { message: string }) =>
    message.replace(/^\w+/, (field) => OPTION_OF[field] ?? field);
  throw new UsageError(parsed.problems.map(named).join('\n'));
}

/** The option that a field comes from. */
const OPTION_OF: Readonly<Record<string, string>> = {
  program: '--program',
  heads: '--heads',
  kvHeads: '--kv-heads',
  sp: '--sp',
  batch: '--batch',
  seq: '--seq',
  headDim: '--head-dim',
  calls: '--calls',
  numKvHeadsBefore: '--head-count-before',
  gatherIdx: '--gather-idx',
  kvRepeat: '--kv-repeat',
  sequenceSplit: '--sequence',
  sequenceOrder: '--sequence',
  caller: '--caller',
  fault: '--fault',
  condition: '--condition',
  guards: '--guard',
} satisfies Partial<Record<keyof Case, `--${OptionName}`>>;
