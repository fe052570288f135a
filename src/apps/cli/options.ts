import { parseArgs } from 'node:util';
import { quoted, WHOLE } from '../../base/quoted.ts';
import { type Command, OPTIONS, type OptionName, type OptionRow } from './option-table.ts';
import { UsageError } from './usage.ts';

export type Options = ReturnType<typeof readOptions>['values'];

/** @throws UsageError naming the option that is not known, or lacks its value */
export function readOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: joined(args), options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The same arguments with a value that begins with a dash, as a pasted `-if …:` line does, joined to
 * its option. What is an option itself stays one, so that a forgotten value is named.
 */
function joined(args: readonly string[]): string[] {
  const all: string[] = [];
  for (const arg of args) {
    const last = all.at(-1) ?? '';
    const isValue = /^-./.test(arg) && arg !== '-h' && !isOption(arg.split('=', 1)[0] ?? '');
    if (isValue && takesValue(last)) all[all.length - 1] = `${last}=${arg}`;
    else all.push(arg);
  }
  return all;
}

function isOption(arg: string): boolean {
  return /^--[a-z]/.test(arg);
}

function takesValue(arg: string): boolean {
  const row = Object.entries<OptionRow>(OPTIONS).find(([name]) => arg === `--${name}`)?.[1];
  return row?.type === 'string';
}

/** @throws UsageError where an option is given that `command` does not take */
export function only(command: Command, values: Options): void {
  for (const name of Object.keys(values) as OptionName[]) {
    const { of }: OptionRow = OPTIONS[name];
    if (!of.includes(command)) throw new UsageError(`rankscope ${command} takes no --${name}`);
  }
}

/**
 * The number of an option, undefined where it is not given. Which numbers are allowed is for the case
 * to say.
 * @throws UsageError where it is not a number
 */
export function numberOf(values: Options, name: OptionName): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (String(text).trim() === '' || Number.isNaN(value)) {
    throw new UsageError(`--${name} is ${quoted(text, WHOLE)}; it must be a number`);
  }
  return value;
}

/**
 * The same, from 1 to `most`, else `otherwise`.
 * @throws UsageError where it is another number, or none
 */
export function countOf(
  values: Options,
  name: OptionName,
  most: number,
  otherwise: number,
): number {
  const count = numberOf(values, name) ?? otherwise;
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UsageError(`--${name} is ${count}; it must be a whole number from 1 to ${most}`);
}
