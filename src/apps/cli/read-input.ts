import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { looksLikeLink } from '../../core/case-text/read-case.ts';
import { UsageError } from './usage.ts';

/** Bytes of a file that is unpacked, at most. */
const MOST_BYTES = 256 * 1024 * 1024;

/** A text from outside, and its name in sentences. */
export interface Input {
  readonly name: string;
  readonly text: string;
  /** Its path, where it is a file. */
  readonly file: string | null;
}

/** What `--case` names: a link, a file or standard input. @throws UsageError */
export function readCaseInput(given: string): Input {
  if (given === '-') return { name: 'standard input', text: readFileSync(0, 'utf8'), file: null };
  const isText = looksLikeLink(given) || given.trimStart().startsWith('{');
  if (isText && !existsSync(given)) return { name: '--case', text: given, file: null };
  return { name: given, text: readText(given, 'a file with a case, or a link'), file: given };
}

/** The text of a file, unpacked where it is gzip. @throws UsageError saying why it cannot be read */
export function readText(file: string, expected: string): string {
  try {
    const bytes = readFileSync(file);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes).toString('utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why = UNREADABLE[code] ?? message;
    throw new UsageError(`${file} could not be read: ${why}; ${expected} is expected`);
  }
}

/** Why a file cannot be read, by the system's name for it. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  ERR_BUFFER_TOO_LARGE: 'it is too large',
  Z_DATA_ERROR: 'it is damaged',
  Z_BUF_ERROR: 'it is cut off',
};
