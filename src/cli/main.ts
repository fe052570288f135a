import { readFileSync } from 'node:fs';
import { WHOLE_MAP } from '../map/setting.ts';
import { type Answer, check } from './check.ts';
import { list } from './list.ts';
import { map } from './map.ts';
import {
  CASE_OPTIONS,
  caseFrom,
  checked,
  numberOf,
  type Options,
  only,
  readOptions,
  sharedFrom,
} from './options.ts';
import { HELP, UsageError } from './usage.ts';

/** `npx rankscope …`: what the page does, without a page. `HELP` says how it is called. */
function answer(args: readonly string[]): Answer {
  const { values, positionals } = readOptions(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === 'help') return { text: HELP, code: 0 };
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" was not expected after ${command}`);
  switch (command) {
    case 'check':
      only(command, values, [
        ...CASE_OPTIONS,
        'config',
        'heads',
        'kv-heads',
        'sp',
        'seq',
        'head-dim',
        'json',
      ]);
      return check(caseFrom(values, readText), values.json === true);
    case 'map':
      only(command, values, [...CASE_OPTIONS, 'format', 'to-heads', 'to-sp']);
      return mapFrom(values);
    case 'list':
      only(command, values, ['json']);
      return list(values.json === true);
    case undefined:
      throw new UsageError('what is to be done? check, map or list');
    default:
      throw new UsageError(`"${command}" is no command; there are check, map and list`);
  }
}

function mapFrom(values: Options): Answer {
  const extent = {
    heads: numberOf(values, 'to-heads', WHOLE_MAP.heads),
    sp: numberOf(values, 'to-sp', WHOLE_MAP.sp),
  };
  for (const [name, size] of Object.entries(extent)) {
    const most = name === 'heads' ? WHOLE_MAP.heads : WHOLE_MAP.sp;
    if (!Number.isInteger(size) || size < 1 || size > most) {
      throw new UsageError(`--to-${name} is ${size}; it must be a whole number from 1 to ${most}`);
    }
  }
  const format = values.format ?? 'csv';
  if (format !== 'csv' && format !== 'json') {
    throw new UsageError(`--format is "${format}"; allowed are csv and json`);
  }
  const small = { heads: 1, kvHeads: 1, sp: 1, seq: 2, headDim: 1 };
  return map(checked({ ...sharedFrom(values, 'roundTrip'), ...small }), extent, format);
}

/** Why a file cannot be read, by the system's name for it. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; its config.json is expected',
  EACCES: 'it may not be read',
};

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} could not be read: ${UNREADABLE[code ?? ''] ?? message}`);
  }
}

try {
  const { text, code } = answer(process.argv.slice(2));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes its end early (`| head`) is no fault of ours.
    if (error.code === 'EPIPE') process.exit(code);
    console.error(`rankscope: what it found could not be written: ${error.message}`);
    process.exit(2);
  });
  process.stdout.write(`${text}\n`);
  process.exitCode = code;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`rankscope: ${error.message}\n\nrankscope --help tells how it is called.`);
  process.exitCode = 2;
}
