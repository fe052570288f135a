import { parseArgs } from 'node:util';
import { type Case, MODEL_PROGRAM, PROGRAMS, type ProgramName } from '../engine/case.ts';
import { parseCase } from '../engine/case-input.ts';
import { readModelConfig } from '../engine/models/read-config.ts';
import { UsageError } from './usage.ts';

/** All options of all commands; which command takes which is checked by `only`. */
const OPTIONS = {
  config: { type: 'string' },
  heads: { type: 'string' },
  'kv-heads': { type: 'string' },
  sp: { type: 'string' },
  batch: { type: 'string' },
  seq: { type: 'string' },
  'head-dim': { type: 'string' },
  layout: { type: 'string' },
  program: { type: 'string' },
  'head-count-before': { type: 'string' },
  'kv-repeat': { type: 'string' },
  implementation: { type: 'string' },
  condition: { type: 'string' },
  guard: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  format: { type: 'string' },
  'to-heads': { type: 'string' },
  'to-sp': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type Options = ReturnType<typeof readOptions>['values'];

/** @throws UsageError naming the option that is not known, or lacks its value */
export function readOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError where an option is given that `command` has no use for */
export function only(command: string, values: Options, allowed: readonly (keyof Options)[]): void {
  for (const name of Object.keys(values) as (keyof Options)[]) {
    if (!allowed.includes(name)) throw new UsageError(`rankscope ${command} takes no --${name}`);
  }
}

/** The options that make a case. */
export const CASE_OPTIONS = [
  'batch',
  'layout',
  'program',
  'head-count-before',
  'kv-repeat',
  'implementation',
  'condition',
  'guard',
] as const;

/** @throws UsageError where a number is none; what numbers are allowed is the case's to say */
export function numberOf(values: Options, name: keyof Options, otherwise: number): number {
  const text = values[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text === '' || Number.isNaN(value))
    throw new UsageError(`--${name} is "${text}"; it must be a number`);
  return value;
}

/**
 * The case that the options describe. `read` reads a file.
 * @throws UsageError naming the option or field that is wrong and what is allowed
 */
export function caseFrom(values: Options, read: (file: string) => string): Case {
  const { heads, kvHeads } = headsFrom(values, read);
  if (values.sp === undefined) throw new UsageError('--sp is missing: how many ranks?');
  const sp = numberOf(values, 'sp', 0);
  return checked({
    ...sharedFrom(values, MODEL_PROGRAM),
    heads,
    kvHeads,
    sp,
    seq: numberOf(values, 'seq', 2 * sp),
    headDim: numberOf(values, 'head-dim', 2),
  });
}

/** The fields that a case and a map share. @throws UsageError */
export function sharedFrom(values: Options, program: ProgramName) {
  const { implementation, condition } = values;
  if (implementation === undefined) {
    throw new UsageError('--implementation is missing: `rankscope list` names them');
  }
  const guards = Object.fromEntries((values.guard ?? []).map(guardFrom));
  return {
    implementation,
    program: programFrom(values.program ?? program),
    batch: numberOf(values, 'batch', 1),
    batchDimIdx: layoutFrom(values.layout),
    numKvHeadsBefore:
      values['head-count-before'] === undefined ? null : numberOf(values, 'head-count-before', 0),
    kvRepeat: values['kv-repeat'] ?? null,
    condition: condition ?? null,
    guards: Object.keys(guards).length === 0 ? null : guards,
  };
}

/** @throws UsageError with the sentence that the page would show at the field */
export function checked(fields: unknown): Case {
  const parsed = parseCase(fields);
  if (parsed.ok) return parsed.case;
  throw new UsageError(parsed.problems.map(({ message }) => inOptions(message)).join('\n'));
}

/** A sentence of the case's that begins with a field, with the option that the field comes from. */
function inOptions(message: string): string {
  return message.replace(/^\w+/, (field) => OPTION_OF[field] ?? field);
}

const OPTION_OF: Readonly<Record<string, string>> = {
  heads: '--heads',
  kvHeads: '--kv-heads',
  sp: '--sp',
  batch: '--batch',
  seq: '--seq',
  headDim: '--head-dim',
  numKvHeadsBefore: '--head-count-before',
  kvRepeat: '--kv-repeat',
  implementation: '--implementation',
  condition: '--condition',
};

function headsFrom(values: Options, read: (file: string) => string) {
  if (values.config !== undefined) {
    if (values.heads !== undefined || values['kv-heads'] !== undefined) {
      throw new UsageError('--config says the head counts; leave --heads and --kv-heads out');
    }
    const config = readModelConfig(read(values.config), values.config);
    if (!config.ok) throw new UsageError(`${values.config}: ${config.message}`);
    return config.model;
  }
  if (values.heads === undefined) {
    throw new UsageError('--config FILE or --heads N is missing: how many heads has the model?');
  }
  const heads = numberOf(values, 'heads', 0);
  return { heads, kvHeads: numberOf(values, 'kv-heads', heads) };
}

function programFrom(name: string): ProgramName {
  const known = PROGRAMS.find((one) => one === name);
  if (known !== undefined) return known;
  throw new UsageError(`--program is "${name}"; allowed are ${PROGRAMS.join(', ')}`);
}

function layoutFrom(name: string | undefined): 0 | 1 {
  switch (name) {
    case undefined:
    case 'bshd':
      return 0;
    case 'sbhd':
      return 1;
    default:
      throw new UsageError(`--layout is "${name}"; allowed are bshd and sbhd`);
  }
}

function guardFrom(text: string): [string, string] {
  const place = text.indexOf('=');
  if (place < 1) throw new UsageError(`--guard is "${text}"; it must be ID="condition"`);
  return [text.slice(0, place), text.slice(place + 1)];
}
