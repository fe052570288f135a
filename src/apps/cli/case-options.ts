import { at } from '../../base/assert.ts';
import { caseWithPatch } from '../../core/case-text/case-patch.ts';
import { readCaseText } from '../../core/case-text/read-case.ts';
import { FIELD_NAMES, fieldOf, isFieldName } from '../../core/cases/case-fields.ts';
import { type ParsedCase, parseCase } from '../../core/cases/case-input.ts';
import type { CaseOption, CasePatch } from '../../core/cases/case-option.ts';
import type { LayerKind } from '../../core/cases/models/model.ts';
import { readModelConfig } from '../../core/cases/models/read-config.ts';
import type { Case } from '../../core/contract/case.ts';
import { CASE_OPTIONS, type OptionName } from './option-table.ts';
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
const DEFAULTS: CasePatch = Object.fromEntries(
  FIELD_NAMES.flatMap((name) => {
    const { otherwise } = fieldOf(name).option;
    return otherwise === undefined ? [] : [[name, otherwise]];
  }),
);

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
  const read = CASE_OPTIONS.map((option) => readOption(option, values[option.name as OptionName]));
  const own = values.calls === undefined ? {} : { program: 'own calls' };
  const [first] = kinds;
  const heads = first === undefined ? {} : { heads: first.heads, kvHeads: first.kvHeads };
  const fields: CasePatch = Object.assign({}, own, ...read, heads);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The fields that an option says; none where it is not given. @throws UsageError */
function readOption({ name, read }: CaseOption, given: Options[OptionName]): CasePatch {
  if (given === undefined || typeof given === 'boolean') return {};
  const fields = read(typeof given === 'string' ? [given] : given);
  if (!fields.ok) throw new UsageError(`--${name}${fields.message}`);
  return fields.fields;
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

function checked(parsed: ParsedCase): Case {
  if (parsed.ok) return parsed.case;
  // A sentence about a case begins with the field, where a person gave an option.
  const named = ({ message }: { message: string }) => message.replace(/^\w+/, optionOf);
  throw new UsageError(parsed.problems.map(named).join('\n'));
}

/** The option that a field comes from; any other word itself. */
function optionOf(word: string): string {
  return isFieldName(word) ? `--${fieldOf(word).option.name}` : word;
}
