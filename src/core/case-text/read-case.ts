import { refused } from '../../base/refused.ts';
import { fieldsOfLinkedCase } from './case-fields.ts';
import { readLinkFields } from './link-fields.ts';
import { readHash } from './link-hash.ts';
import type { Fields } from './link-text.ts';
import { isRecord } from './link-text.ts';

/** The fields of a case that a text holds, not yet validated as a case. */
export type ReadCaseText =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly message: string };

/** Whether a text looks like a link: a page's address, its fragment, or the fields alone. */
export function looksLikeLink(text: string): boolean {
  return /^\s*(https?:\/\/\S*#|#|v\d+&|embed=\w+&v\d+&)/.test(text);
}

/**
 * Finds the case in a text: a link of any version; JSON that is a case, or holds one, as a session, a
 * recording and a report do; or one line of many such. `line` counts from 1.
 */
export function readCaseText(text: string, line: number | null = null): ReadCaseText {
  const whole = text.replace(/^\uFEFF/, '').trim();
  if (whole === '') return refused('nothing stands in it; a case or a link is expected');
  if (line === null && looksLikeLink(whole)) return readCaseLink(whole);
  const json = line === null ? parsed(whole) : null;
  if (json?.ok === true) return caseIn(json.value);
  const lines = whole.split('\n').filter((one) => one.trim() !== '');
  const first = parsed(lines[0] ?? '');
  if (!first.ok) return refused(`it is neither a link nor JSON: ${json?.message ?? first.message}`);
  if (line === null) {
    return refused(`it holds ${lines.length} lines with a case each; name one by its number`);
  }
  const chosen = lines[line - 1];
  if (chosen === undefined) {
    return refused(`it has no line ${line}; its lines are 1 to ${lines.length}`);
  }
  const one = parsed(chosen);
  return one.ok ? caseIn(one.value) : refused(`its line ${line} is not JSON: ${one.message}`);
}

function readCaseLink(text: string): ReadCaseText {
  const { link } = readHash(text.slice(Math.max(0, text.indexOf('#'))));
  if (/^(lessons?|museum)\b/.test(link)) {
    return refused(
      'this link opens a lesson or the museum, not a case; open a case there and copy its link',
    );
  }
  const read = readLinkFields(link);
  return read.ok
    ? { ok: true, fields: fieldsOfLinkedCase(read.wanted) }
    : refused(`this link cannot be read: ${read.message}`);
}

/** A case itself, or what holds one. */
function caseIn(json: unknown): ReadCaseText {
  if (!isRecord(json)) return refused('its JSON is no object; a case is expected');
  const { recording, case: inner } = json;
  if (isRecord(recording) && isRecord(recording.case)) return { ok: true, fields: recording.case };
  if (isRecord(inner)) return { ok: true, fields: inner };
  return { ok: true, fields: json };
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

function parsed(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
